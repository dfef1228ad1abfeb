/** Which resources are deployments of this package. */
import { kindOfType } from "../host/kind-of-type";
import type { AnyPlatform, ResourceKind } from "../provider/resources/resource-kind";
import type { Observation } from "./observation";

/** A deployment's kind, and its platform, which its id names. */
export interface DeploymentKind {
  kind: ResourceKind;
  platform: AnyPlatform;
}

/** @returns undefined for a resource of another provider. */
export function deploymentKindOf({ type, id }: Pick<Observation, "type" | "id">): DeploymentKind | undefined {
  const kind = kindOfType(type);
  const platform = kind?.platforms.find((one) => id.startsWith(`${one.id}/`));
  return kind === undefined || platform === undefined ? undefined : { kind, platform };
}
