/** The types under which Pulumi knows the resources and their providers, in both forms. */

const dynamicPrefix = "pulumi-nodejs:dynamic/inference:";
const nativePrefix = "inference:index:";

/** Of providers: that of dynamic resources serves those of other packages, too. */
export const dynamicProviderType = "pulumi:providers:pulumi-nodejs";
export const nativeProviderType = "pulumi:providers:inference";

export function dynamicType(resource: string): string {
  return dynamicPrefix + resource;
}

export function nativeType(resource: string): string {
  return nativePrefix + resource;
}

export function isNative(type: string): boolean {
  return type.startsWith(nativePrefix);
}

/** `ModelDeployment`, say, in either form; undefined for a resource of another package. */
export function resourceNameOf(type: string): string | undefined {
  const prefix = [dynamicPrefix, nativePrefix].find((one) => type.startsWith(one));
  return prefix === undefined ? undefined : type.slice(prefix.length);
}

/** The type that a URN ends with, without those of its parents. */
export function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
