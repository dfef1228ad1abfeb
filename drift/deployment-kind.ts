/** Which resources are deployments of this package. */
import { liveDeployment } from "../provider/resources/live-deployment";
import { modelDeployment } from "../provider/resources/model-deployment";
import type { AnyPlatform, ResourceKind } from "../provider/resources/resource-kind";
import type { Observation } from "./observation";

const prefix = "pulumi-nodejs:dynamic/inference:";
const kinds = [modelDeployment, liveDeployment];

/** A deployment's kind, and its platform, which its id names. */
export interface DeploymentKind {
  kind: ResourceKind;
  platform: AnyPlatform;
}

/** @returns undefined for a resource of another provider. */
export function deploymentKindOf({ type, id }: Pick<Observation, "type" | "id">): DeploymentKind | undefined {
  const kind = kinds.find(({ name }) => type === prefix + name);
  const platform = kind?.platforms.find((one) => id.startsWith(`${one.id}/`));
  return kind === undefined || platform === undefined ? undefined : { kind, platform };
}
