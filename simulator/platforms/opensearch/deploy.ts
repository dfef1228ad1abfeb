/** A deployment in progress: from `_deploy` until the documents of model and task have settled. */
import { randomBytes } from "node:crypto";
import type { Behaviour } from "../../platform";
import { type Cluster, type ClusterNode, nodesHolding } from "./cluster";
import { type Model, type Task, writeModel, writeTask } from "./documents";
import { requestSyncUp } from "./sync-up";
import { createTask, settleTask } from "./tasks";

export interface Deployment {
  /** The first one's, then those of others that joined. */
  tasks: Task[];
  targetNodes: string[];
  /** Those that do not hold the model yet. */
  loadingNodes: string[];
  /** How it will fail, by node. */
  errors: Map<string, string>;
  /** The nodes' memory of it is gone: by an undeploy, a restart, or the loss of a node. Its tasks never end. */
  isLost: boolean;
  /** Another request came into conflict with it, and wrote its own failure to the model. */
  isSpoiled: boolean;
}

export interface Plan {
  nodes: readonly ClusterNode[];
  /** Nobody chose the nodes. */
  onAllNodes: boolean;
}

/** What a second `_deploy` gets for an answer in the mode `conflict`. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** Time of a deployment to nodes that hold the model already, milliseconds. */
const reloadMs = 100;

/** Starts a deployment, or meets the one that runs. Throws `ConflictError`. */
export function deploy(cluster: Cluster, model: Model, plan: Plan): Task {
  if (model.deployment !== undefined) return meetDeployment(cluster, model, model.deployment, plan);
  const behaviour = cluster.world.behaviour(model.name);
  const deployment = prepare(cluster, model, plan, behaviour);
  const task = createDeployTask(cluster, model, deployment);
  model.starts++;
  writeModel(cluster, model, {
    state: "DEPLOYING",
    deployment,
    planningNodes: deployment.targetNodes,
    planningCount: deployment.targetNodes.length,
    deployToAllNodes: plan.onAllNodes,
  });
  const { readyAfterMs } = behaviour;
  const durationMs = deployment.loadingNodes.length === 0 ? Math.min(reloadMs, readyAfterMs) : readyAfterMs;
  scheduleEnd(cluster, model, deployment, durationMs);
  return task;
}

/** Forgets a deployment: whoever waits for its task waits until the task times out (source of the plugin). */
export function loseDeployment(cluster: Cluster, model: Model): void {
  const { deployment } = model;
  if (deployment === undefined) return;
  deployment.isLost = true;
  delete model.deployment;
  for (const node of cluster.nodes) {
    if (node.memory.get(model.id)?.state === "DEPLOYING") node.memory.delete(model.id);
  }
}

/** The state that a model's document gets when so many of the planned nodes serve it. */
export function stateFor(serving: number, planned: number): string {
  if (serving === 0) return "DEPLOY_FAILED";
  return serving < planned ? "PARTIALLY_DEPLOYED" : "DEPLOYED";
}

function prepare(cluster: Cluster, model: Model, plan: Plan, behaviour: Behaviour): Deployment {
  const targetNodes = plan.nodes.map(({ id }) => id);
  const loading = plan.nodes.filter((node) => node.memory.get(model.id)?.state !== "DEPLOYED");
  const errors = new Map<string, string>();
  for (const node of loading) {
    const error = nodeError(cluster, model, node, behaviour);
    if (error !== undefined) errors.set(node.id, error);
  }
  for (const node of loading) {
    node.memory.set(model.id, { state: "DEPLOYING", targetNodes, predictorHash: "" });
  }
  const loadingNodes = loading.map(({ id }) => id);
  return { tasks: [], targetNodes, loadingNodes, errors, isLost: false, isSpoiled: false };
}

/** Why this node will not load the model. The texts were measured. */
function nodeError(cluster: Cluster, model: Model, node: ClusterNode, behaviour: Behaviour): string | undefined {
  const { failingNodeError, failingNodes, maximumDeployTasksPerNode } = cluster.world.options();
  const running = [...node.memory.values()].filter(({ state }) => state === "DEPLOYING").length;
  if (maximumDeployTasksPerNode !== null && running >= maximumDeployTasksPerNode) return taskLimit;
  if (behaviour.outcome === "failure") return behaviour.failureReason;
  if (behaviour.outcome === "no-capacity") return model.algorithm === "REMOTE" ? taskLimit : memoryBreaker;
  return failingNodes.includes(node.id) || failingNodes.includes(node.name) ? failingNodeError : undefined;
}

const taskLimit = "exceed max running task limit";
/** Stops local models alone. */
const memoryBreaker = "Memory Circuit Breaker is open, please check your resources!";

function createDeployTask(cluster: Cluster, model: Model, deployment: Deployment): Task {
  const parts = { type: "DEPLOY_MODEL", state: "CREATED", isAsync: true } as const;
  const task = createTask(cluster, model, { ...parts, workerNodes: deployment.targetNodes });
  deployment.tasks.push(task);
  return task;
}

/** Model and task are written one after the other, in either order. */
function scheduleEnd(cluster: Cluster, model: Model, deployment: Deployment, durationMs: number): void {
  const { taskLagMs, taskTimeoutMs } = cluster.world.options();
  const { schedule } = cluster;
  const start = schedule.now();
  const first = start + durationMs;
  const second = first + Math.abs(taskLagMs);
  schedule.at(start + durationMs / 2, () => runTasks(cluster, deployment));
  schedule.at(taskLagMs < 0 ? second : first, () => endDeployment(cluster, model, deployment));
  schedule.at(taskLagMs < 0 ? first : second, () => endTasks(cluster, model, deployment));
  schedule.at(start + taskTimeoutMs, () => expireTasks(cluster, deployment));
}

function runTasks(cluster: Cluster, { tasks }: Deployment): void {
  for (const task of tasks) if (task.state === "CREATED") writeTask(cluster, task, { state: "RUNNING" });
}

function endTasks(cluster: Cluster, model: Model, deployment: Deployment): void {
  if (deployment.isLost) return;
  // Measured: deleted while a second `_deploy` made it count as failed.
  const errors =
    model.deletedAtMs === undefined
      ? deployment.errors
      : new Map(deployment.targetNodes.map((node) => [node, "Failed to deploy model"]));
  for (const task of deployment.tasks) settleTask(cluster, task, errors);
}

function expireTasks(cluster: Cluster, { tasks }: Deployment): void {
  const { taskTimeoutMs } = cluster.world.options();
  const error = `timeout after ${Math.round(taskTimeoutMs / 1000)} seconds`;
  for (const task of tasks) if (task.state === "RUNNING") writeTask(cluster, task, { state: "FAILED", error });
}

function endDeployment(cluster: Cluster, model: Model, deployment: Deployment): void {
  if (deployment.isLost) return;
  delete model.deployment;
  loadNodes(cluster, model, deployment);
  if (model.deletedAtMs !== undefined) return;
  const serving = nodesHolding(cluster, model.id, "DEPLOYED").filter((id) => deployment.targetNodes.includes(id));
  writeModel(cluster, model, {
    state: deployment.isSpoiled ? "DEPLOY_FAILED" : stateFor(serving.length, deployment.targetNodes.length),
    currentCount: serving.length,
    // Also set by a failure (measured).
    lastDeployedAtMs: cluster.schedule.now(),
    ...(serving.length > 0 ? { autoRedeployRetryTimes: 0 } : {}),
  });
  if (deployment.isSpoiled) requestSyncUp(cluster);
}

function loadNodes({ nodes }: Cluster, model: Model, { errors, targetNodes, loadingNodes }: Deployment): void {
  const failedOnly = errors.size === targetNodes.length;
  for (const { id, memory } of nodes.filter((node) => loadingNodes.includes(node.id))) {
    if (model.deletedAtMs !== undefined || (errors.has(id) && failedOnly)) memory.delete(model.id);
    else if (errors.has(id)) memory.set(model.id, { state: "FAILED", targetNodes, predictorHash: "" });
    else memory.set(model.id, { state: "DEPLOYED", targetNodes, predictorHash: randomBytes(4).toString("hex") });
  }
}

/** A second `_deploy` while the first runs (measured, in all three ways). */
function meetDeployment(cluster: Cluster, model: Model, first: Deployment, plan: Plan): Task {
  const { secondDeploy } = cluster.world.options();
  model.starts++;
  if (secondDeploy === "conflict") {
    first.isSpoiled = true;
    writeModel(cluster, model, { state: "DEPLOY_FAILED" });
    throw new ConflictError("version conflict");
  }
  if (secondDeploy === "join") return createDeployTask(cluster, model, first);

  const parts = { type: "DEPLOY_MODEL", state: "RUNNING", isAsync: true } as const;
  const targets = plan.nodes.map(({ id }) => id);
  const task = createTask(cluster, model, { ...parts, workerNodes: targets });
  const duplicates = targets.filter((id) => first.loadingNodes.includes(id));
  settleTask(cluster, task, new Map(duplicates.map((id) => [id, "Duplicate deploy model task"])));
  const serving = nodesHolding(cluster, model.id, "DEPLOYED").length;
  writeModel(cluster, model, { state: stateFor(serving, targets.length), currentCount: serving });
  return task;
}
