/** What a deployment tells, in the terms of programs. */

export const outputNames = [
  "platform",
  "deploymentId",
  "endpoint",
  "model",
  "status",
  "platformStatus",
  "ready",
  "reason",
  "replicas",
  "details",
  "generation",
] as const;

/** Phases of a deployment, the same words on every platform. */
export type DeploymentStatus = "pending" | "ready" | "degraded" | "stopped" | "failed" | "gone" | "unknown";

/** Replica counts as the platform reports them. Live values: they follow autoscaling and are never drift. */
export interface DeploymentReplicas {
  /**
   * Replicas that serve.
   *
   * @TJS-type integer
   */
  running?: number;
  /**
   * Replicas that are wanted and do not serve yet.
   *
   * @TJS-type integer
   */
  pending?: number;
}
