/** The resources that both hosts serve, by their types. */
import { deploymentLifecycle } from "../provider/lifecycle/deployment-lifecycle";
import type { ResourceLifecycle } from "../provider/lifecycle/resource-lifecycle";
import { readiness } from "../provider/readiness";
import { liveDeployment } from "../provider/resources/live-deployment";
import { modelDeployment } from "../provider/resources/model-deployment";
import { resourceNameOf } from "./resource-types";

export const resources = {
  modelDeployment: deploymentLifecycle(modelDeployment),
  liveDeployment: deploymentLifecycle(liveDeployment),
  readiness,
};

/** In either form; undefined for a resource of another package. */
export function resourceOfType(type: string): ResourceLifecycle | undefined {
  const name = resourceNameOf(type);
  return Object.values(resources).find((resource) => resource.name === name);
}
