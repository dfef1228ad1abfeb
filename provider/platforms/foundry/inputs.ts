/** GPU types that the API's documents name. The list grows, so that any other text passes, with a warning. */
export type FoundryKnownGpuType =
  "A100" | "A10G" | "A16" | "B200" | "B300" | "H100" | "H200" | "L4" | "L40S" | "T4" | "V100";

/** A GPU type by its name in Foundry. The known names complete in an editor. */
export type FoundryGpuType = FoundryKnownGpuType | (string & {});

/** Units of time in Foundry. */
export type FoundryTimeUnit = "MILLISECONDS" | "SECONDS" | "MINUTES" | "HOURS" | "DAYS" | "WEEKS" | "MONTHS" | "YEARS";

/** A span of time: `{ value: 30, unit: "MINUTES" }`. */
export interface FoundryDuration {
  /** A whole number of units. */
  value: number;
  /** The unit. */
  unit: FoundryTimeUnit;
}

/** The GPUs of each replica. */
export interface FoundryGpu {
  /** GPUs for each replica, from 1 up to what Foundry allows for the type. Changed in place. */
  count: number;
  /**
   * The type, one of those in the project's resource queue. Changed in place.
   *
   * @default any type that is available
   * @TJS-type string
   */
  type?: FoundryGpuType;
}

/** When replicas are added and taken away. All three are needed. */
export interface FoundryScalingConfiguration {
  /**
   * The load from which replicas are added, 0 to 1: running jobs divided by all threads of all
   * replicas. Changed in place.
   */
  scaleUpLoadThreshold: number;
  /** How long the load must last before a replica is added. Changed in place. */
  scaleUpDelay: FoundryDuration;
  /** How long the load must be gone before a replica is taken away. Changed in place. */
  scaleDownDelay: FoundryDuration;
}

/** The resources of a live deployment. Sent as a whole at each change. */
export interface FoundryRuntimeConfiguration {
  /** Replicas that are kept running at least; 0 lets Foundry scale to none. Changed in place. */
  minReplicas: number;
  /** Replicas that load may scale up to, at least `minReplicas`. Changed in place. */
  maxReplicas: number;
  /** CPU cores for each replica, also its limit; fractions are allowed. Foundry chooses when absent. Changed in place. */
  cpu?: number;
  /**
   * Memory for each replica, also its limit: `256MiB`, `1GiB`. Foundry chooses when absent. Changed
   * in place.
   */
  memory?: string;
  /** GPUs for each replica; none when absent. Changed in place. */
  gpu?: FoundryGpu;
  /**
   * Requests that a replica works on at once, up to a limit of Foundry's. Changed in place.
   *
   * @default 32
   */
  threadCount?: number;
  /** When replicas are added and taken away. Foundry chooses when absent. Changed in place. */
  scalingConfiguration?: FoundryScalingConfiguration;
  /**
   * RIDs of Data Connection sources that the model may reach, in any order. A change disables the
   * deployment, changes it, and starts it again: **it does not serve meanwhile**.
   *
   * @default none
   */
  sources?: string[];
  /**
   * Environment variables of the model. Foundry shows them in clear text to whoever may read the
   * deployment: this is no place for secrets. Some names are reserved. Changed in place.
   *
   * @default none
   */
  environmentVariables?: { [name: string]: string };
}

/** A live deployment of a model's branch in Palantir Foundry. */
export interface FoundryInputs {
  /** The RID of the model, not of a version: `ri.models.main.model.…`. Changing this replaces the deployment. */
  modelRid: string;
  /**
   * The branch of the model. Foundry always serves the branch's latest version, and allows one
   * deployment for each branch. Changing this replaces the deployment.
   */
  branch: string;
  /** The resources. Changed in place. */
  runtimeConfiguration: FoundryRuntimeConfiguration;
  /**
   * Whether it runs. False disables it: it keeps its configuration, and costs nothing. Changed in
   * place.
   *
   * @default true
   */
  enabled?: boolean;
}
