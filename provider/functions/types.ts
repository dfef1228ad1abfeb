/** What programs give to the functions, and what they get: plain types, which stand in public declarations. */
import type { GpuOffer } from "../platform";
import type { DeploymentReplicas, DeploymentStatus } from "../resources/outputs";

/** The platforms that have deployments. */
export type DeploymentPlatform = "deepinfra" | "foundry" | "kore" | "opensearch";

/** The platforms that have models of their own. */
export type ModelPlatform = "foundry" | "opensearch";

/** Arguments of `getGpuAvailability`. */
export interface GetGpuAvailabilityArgs {
  /** Only this kind of GPU: `H100-80GB`. */
  gpu?: string | undefined;
  /**
   * Only offers with so many GPUs in an instance.
   *
   * @TJS-type integer
   */
  numGpus?: number | undefined;
}

/** What `getGpuAvailability` gives. */
export interface GetGpuAvailabilityResult {
  /** The offers that fit, in the platform's order. */
  gpus: GpuOffer[];
}

/** Arguments of `getDeployment`. */
export interface GetDeploymentArgs {
  /** `<platform>/<the platform's own id>`, as the id of a resource: `deepinfra/AbC123`. */
  id: string;
}

/** What `getDeployment` gives: the outputs that a resource has. */
export interface GetDeploymentResult {
  /** `<platform>/<deploymentId>`. */
  id: string;
  /** `deepinfra`, `kore`, `opensearch` or `foundry`. */
  platform: string;
  /** The platform's own id of the deployment. */
  deploymentId: string;
  /** Where requests are sent. Absent on Kore.ai, whose API never returns one. */
  endpoint?: string | undefined;
  /** What an OpenAI-style client sends as `model`. Absent where the platform has no such thing. */
  model?: string | undefined;
  /** Where the deployment stands. */
  status: DeploymentStatus;
  /** The platform's own word for the status. */
  platformStatus: string;
  /** Whether it can serve. */
  ready: boolean;
  /** Why it is in this status, in the platform's words where it gives any. */
  reason?: string | undefined;
  /** Live replica counts, where the platform tells. */
  replicas?: DeploymentReplicas | undefined;
  /** The platform's own facts: names, versions, job ids. */
  details: { [fact: string]: unknown };
}

/** Arguments of `getDeployments`. */
export interface GetDeploymentsArgs {
  /** Whose deployments are listed. Kore.ai cannot list them, which is then the error. */
  platform: DeploymentPlatform;
  /** RIDs of models: Palantir Foundry lists the deployments of one model at a time. */
  models?: string[] | undefined;
}

/** What `getDeployments` gives. */
export interface GetDeploymentsResult {
  /** All that are not gone, in the platform's order. */
  deployments: ListedDeployment[];
}

/** A deployment, as far as the platform's list tells. */
export interface ListedDeployment {
  /** `<platform>/<deploymentId>`. */
  id: string;
  /** The platform's own id of the deployment. */
  deploymentId: string;
  /** What people know it by: DeepInfra's model name, Foundry's model and branch. */
  name: string;
  /** Where the deployment stands. */
  status: DeploymentStatus;
  /** The platform's own word for the status. */
  platformStatus: string;
  /** When it was made, as ISO 8601; absent where the platform does not tell. */
  createdAt?: string;
  /** Live replica counts, where the platform tells. */
  replicas?: DeploymentReplicas;
  /** What it runs on, as people say it: `2 × H100-80GB, 1 to 4 instances`. */
  hardware?: string;
  /** US dollars for an hour of what runs now; absent where the platform does not tell. */
  usdPerHour?: number;
}

/** Arguments of `getModel`. */
export interface GetModelArgs {
  /** Where the model is. */
  platform: ModelPlatform;
  /** The model's id on OpenSearch, or its RID on Palantir Foundry. */
  modelId: string;
}

/** What `getModel` gives. */
export interface GetModelResult {
  /** Where the model is. */
  platform: string;
  /** The platform's own id of the model. */
  modelId: string;
  /** Its name, where the platform tells. */
  name?: string;
  /** The platform's own word for its state, where it tells. */
  platformStatus?: string;
  /** The platform's own facts: versions, algorithms. */
  details: { [fact: string]: unknown };
}
