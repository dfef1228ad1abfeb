/** Secrets in the form in which a provider hands them to the engine, which encrypts them in state. */
import { isRecord } from "../provider/resources/resource-kind";
import type { Properties } from "../provider/resources/resource-kind";

/** Constants of Pulumi's wire protocol (`specialSigKey` and `specialSecretSig` in the Node SDK). */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Wraps the values at the given paths.
 *
 * @param paths dotted, relative to `value`.
 */
export function withWireSecrets(value: Properties, paths: readonly string[]): Properties {
  return paths.reduce((wrapped, path) => wrap(wrapped, path.split(".")) as Properties, value);
}

/** Values at the top as they are, whether they are marked or not. */
export function withoutWireSecrets(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, unwrapped(value)]));
}

function unwrapped(value: unknown): unknown {
  return isRecord(value) && value[signatureKey] === secretSignature ? value["value"] : value;
}

function wrap(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (value === undefined || value === null) return value;
  if (key === undefined) return { [signatureKey]: secretSignature, value };
  if (typeof value !== "object" || Array.isArray(value) || !(key in value)) return value;
  return { ...value, [key]: wrap((value as Record<string, unknown>)[key], rest) };
}
