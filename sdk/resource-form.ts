/** The two forms of a resource: what differs between them when it is registered. */
import type * as pulumi from "@pulumi/pulumi";
import { dynamicType, nativeType } from "../host/resource-types";
import { version } from "../provider/version";
import { durationSeconds } from "./duration-seconds";
import { providerText } from "./provider-text";

export type ResourceName = "ModelDeployment" | "LiveDeployment" | "Readiness";

export interface ResourceForm {
  type: string;
  /** What the form keeps in state beside the arguments. */
  hidden: object;
  /** The other form's type is an alias, so that a stack moves there and back without a change. */
  options: pulumi.CustomResourceOptions;
}

export function dynamicForm(resource: ResourceName, options: pulumi.CustomResourceOptions | undefined): ResourceForm {
  return {
    type: dynamicType(resource),
    hidden: { ...timeouts(options), __provider: providerText(resource) },
    options: { aliases: [{ type: nativeType(resource) }] },
  };
}

/** The engine hands its timeouts to a plugin by itself. */
export function nativeForm(resource: ResourceName): ResourceForm {
  return {
    type: nativeType(resource),
    hidden: {},
    options: { aliases: [{ type: dynamicType(resource) }], version },
  };
}

/**
 * The dynamic provider protocol does not hand `customTimeouts` to providers. They reach ours by a
 * hook; this copy, in seconds, is for the calls and the SDK versions that the hook does not cover.
 */
function timeouts(options: pulumi.CustomResourceOptions | undefined): { __timeouts?: Record<string, number> } {
  const given = Object.entries(options?.customTimeouts ?? {}).filter(
    ([, value]) => typeof value === "string" && value !== "",
  );
  if (given.length === 0) return {};
  return {
    __timeouts: Object.fromEntries(given.map(([operation, value]) => [operation, durationSeconds(value as string)])),
  };
}
