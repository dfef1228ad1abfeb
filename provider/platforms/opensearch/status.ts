/** What the documents of model and task, which are updated separately, mean together. Pure. */
import type { Phase, Replicas, Snapshot } from "../../platform";
import type { OpenSearchInputs } from "./inputs";
import { isOnAllNodes, isServing, nodesHolding, plannedNodes, stateOf, wantedNodes, without } from "./model-state";
import type { Model, Profile, Task } from "./schema";
import { describeTaskError, isDuplicate } from "./task-error";

/** What was read at one moment: the task first, so that the model is at least as new. */
export interface Seen {
  modelId: string;
  model: Model;
  /** The deploy task of ours, where there is one and it still exists. */
  task?: Task | undefined;
  /** Read only where the model's document is in doubt. */
  profile?: Profile | undefined;
  inputs?: OpenSearchInputs | undefined;
  /** True after an `_undeploy` of ours. */
  removing?: boolean;
}

export interface Verdict {
  phase: Phase;
  reason?: string | undefined;
  confirmSeconds?: number;
}

/**
 * Longer than one round of the job that sets states right, 10 s by default; a state that it may
 * still correct counts only when it has outlasted it (measured: false DEPLOY_FAILED healed in 3 to 10 s).
 */
const syncUpSeconds = 15;

const finalTaskStates = new Set(["COMPLETED", "COMPLETED_WITH_ERROR", "FAILED", "CANCELLED", "EXPIRED", "UNREACHABLE"]);

export function judge(seen: Seen): Verdict {
  if (seen.removing === true && isServing(seen.model)) return deployedAgain;
  switch (stateOf(seen.model)) {
    case "DEPLOYED":
      return deployed(seen);
    case "PARTIALLY_DEPLOYED":
      return partlyDeployed(seen);
    case "DEPLOY_FAILED":
      return deployFailed(seen);
    case "REGISTERED":
    case "TRAINED":
    case "UNDEPLOYED":
      return notDeployed(seen);
    case "REGISTERING":
      return { phase: "pending", reason: "the model is still being registered" };
    default:
      // DEPLOYING, and any word of a later version. A task that has failed meanwhile is told, and
      // not believed: the model's document follows (measured: 60 ms later).
      return { phase: "pending", reason: describeTaskError(seen.task?.error) };
  }
}

/** An `_undeploy` is done when it answers (measured): what serves after it was deployed by a prediction. */
const deployedAgain: Verdict = {
  phase: "ready",
  reason:
    "predictions that arrive deploy it again; stop them, or set plugins.ml_commons.model_auto_deploy.enable or the model's deploy_setting.is_auto_deploy_enabled to false",
};

/** The part of the snapshot that depends on what was read. */
export function toSnapshot(seen: Seen): Omit<Snapshot<OpenSearchInputs>, "endpoint" | "details"> {
  const { phase, reason, confirmSeconds } = judge(seen);
  const replicas = replicasOf(seen.model);
  return {
    phase,
    platformStatus: seen.model.model_state ?? "",
    ...(reason === undefined ? {} : { reason }),
    ...(confirmSeconds === undefined ? {} : { confirmSeconds }),
    ...(replicas === undefined ? {} : { replicas }),
    configuration: configurationOf(seen),
    immutable: { modelId: seen.modelId },
  };
}

/** A task that never ends (its node was killed) is outvoted by the model, if that stays as it is. */
function isUnfinished(task: Task | undefined): boolean {
  return task !== undefined && !finalTaskStates.has(task.state ?? "");
}

function deployed({ model, task, inputs }: Seen): Verdict {
  if (isUnfinished(task)) return { phase: "ready", confirmSeconds: syncUpSeconds };
  const planned = plannedNodes(model);
  const missing = without(wantedNodes(inputs) ?? [], planned);
  if (missing.length === 0 || planned.length === 0) return { phase: "ready" };
  // The server drops node ids that it cannot use without a word, as long as one is left (measured).
  return {
    phase: "degraded",
    reason: `it does not run on node ${missing.join(", ")}: somebody undeployed it there, or the cluster left the node out; a remote model needs a node with the role data or ml, a local one the role ml, and none that is excluded by plugins.ml_commons.exclude_nodes`,
    confirmSeconds: syncUpSeconds,
  };
}

function partlyDeployed({ model, task }: Seen): Verdict {
  const { current_worker_node_count: current, planning_worker_node_count: planned } = model;
  const counts = `it runs on ${current ?? "some"} of ${planned ?? "its"} planned nodes`;
  const error = describeTaskError(task?.error);
  return {
    phase: "degraded",
    reason: error === undefined ? counts : `${counts}: ${error}`,
    confirmSeconds: syncUpSeconds,
  };
}

function deployFailed({ modelId, profile, task }: Seen): Verdict {
  const holding = nodesHolding(profile, modelId, ["DEPLOYED", "DEPLOYING"]);
  if (holding.length > 0) {
    const reason = `two deployments met: the model counts as failed although node ${holding.join(", ")} holds it; the cluster sets that right within seconds`;
    return { phase: "pending", reason };
  }
  const error = describeTaskError(task?.error);
  const isProven = task?.state === "FAILED" && !isDuplicate(task.error);
  if (isProven) return { phase: "failed", reason: error ?? "the deploy task failed without a reason" };
  const reason = error ?? "no node holds the model any more, as after a restart or a crash";
  return { phase: "failed", reason, confirmSeconds: syncUpSeconds };
}

function notDeployed({ model, task, removing }: Seen): Verdict {
  if (removing === true) return { phase: "stopped" };
  // Either the task has not begun, or somebody undeployed meanwhile, which leaves the task running for good (measured).
  if (isUnfinished(task)) return { phase: "stopped", confirmSeconds: syncUpSeconds };
  const idleMinutes = model.deploy_setting?.model_ttl_minutes ?? 0;
  if (stateOf(model) !== "UNDEPLOYED" || idleMinutes <= 0) return { phase: "stopped" };
  const what = `undeployed after ${idleMinutes} idle minutes, as the model's deploy_setting.model_ttl_minutes says`;
  return redeploysItself(model)
    ? { phase: "ready", reason: `${what}; the next prediction deploys it again` }
    : { phase: "stopped", reason: `${what}; predictions do not deploy this model again` };
}

/** Documented for externally hosted models; a cluster-wide switch, which is not read, may forbid it. */
function redeploysItself({ algorithm, deploy_setting }: Model): boolean {
  return algorithm?.toUpperCase() === "REMOTE" && deploy_setting?.is_auto_deploy_enabled !== false;
}

function replicasOf(model: Model): Replicas | undefined {
  const { current_worker_node_count: current, planning_worker_node_count: planned } = model;
  if (typeof current !== "number" && typeof planned !== "number") return undefined;
  const running = current ?? 0;
  return typeof planned === "number" ? { running, pending: Math.max(0, planned - running) } : { running };
}

/** The nodes are reported when they are a choice, by the program or by somebody else. */
function configurationOf({ model, inputs }: Seen): { nodeIds?: string[] } {
  const planned = plannedNodes(model);
  const chosen = !isOnAllNodes(model) || wantedNodes(inputs) !== undefined;
  return chosen && planned.length > 0 ? { nodeIds: planned } : {};
}
