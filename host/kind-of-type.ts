/** What the core knows of a type of Pulumi's. */
import { liveDeployment } from "../provider/resources/live-deployment";
import { modelDeployment } from "../provider/resources/model-deployment";
import type { ResourceKind } from "../provider/resources/resource-kind";
import { resourceNameOf } from "./resource-types";

const kinds: readonly ResourceKind[] = [modelDeployment, liveDeployment];

/** In either form; undefined for a resource of another package, and for one that is no deployment. */
export function kindOfType(type: string): ResourceKind | undefined {
  const name = resourceNameOf(type);
  return kinds.find((kind) => kind.name === name);
}
