/** One live deployment, and where it stands at a moment. */
import type { Behaviour } from "../../platform";
import type { RuntimeConfiguration } from "./bodies";
import type { FoundryOptions } from "./options";

export interface Deployment {
  rid: string;
  modelRid: string;
  branch: string;
  modelVersionRid: string;
  configuration: RuntimeConfiguration;
  /** What reads still show, until a time. */
  formerConfiguration?: { configuration: RuntimeConfiguration; untilMs: number };
  createdAtMs: number;
  startedAtMs: number;
  /** Since when it is asked to stop. */
  disabledAtMs?: number;
  starts: number;
  behaviour: Behaviour;
  /** The count that autoscaling has reached; a minimum, and at least one at first, when it has not acted. */
  runningReplicas?: number;
  /** Set from outside, whatever the time says. */
  forced?: { state: string; isReady: boolean };
  /** Trashed: it cannot be read any more. */
  deletedAtMs?: number;
}

export interface Standing {
  state: string;
  isReady: boolean;
  running: number;
  pending: number;
}

/** Where a deployment stands. The states are documented; how they follow each other is inferred. */
export function standingOf(deployment: Deployment, now: number, options: FoundryOptions): Standing {
  const { behaviour, disabledAtMs, forced } = deployment;
  const none = { isReady: false, running: 0, pending: 0 };
  if (disabledAtMs !== undefined && now >= disabledAtMs + behaviour.removedAfterMs) {
    return { state: "DISABLED", ...none };
  }
  const replicas = replicasOf(deployment, options);
  if (forced !== undefined) return { ...forced, running: forced.isReady ? replicas : 0, pending: 0 };
  const outcome = outcomeOf(deployment, options);
  if (outcome === "never" || now < deployment.startedAtMs + behaviour.readyAfterMs) {
    return { state: options.startingState, ...none, pending: replicas };
  }
  if (outcome !== "ready") return { state: "FAILED", ...none };
  return { state: "ACTIVE", isReady: replicas > 0, running: replicas, pending: 0 };
}

export function isDisabled(deployment: Deployment, now: number, options: FoundryOptions): boolean {
  return standingOf(deployment, now, options).state === "DISABLED";
}

function outcomeOf({ behaviour, branch }: Deployment, { emptyBranches, emptyBranchOutcome }: FoundryOptions) {
  if (!emptyBranches.includes(branch)) return behaviour.outcome;
  return emptyBranchOutcome === "failed" ? "failure" : "never";
}

/** Autoscaling stays within the bounds. With a minimum of 0 one replica is expected at first (documented for compute modules). */
function replicasOf({ configuration, runningReplicas }: Deployment, { scaledToZero }: FoundryOptions): number {
  const { maxReplicas, minReplicas } = configuration;
  const initial = scaledToZero ? 0 : 1;
  return Math.min(maxReplicas, Math.max(minReplicas, runningReplicas ?? initial));
}
