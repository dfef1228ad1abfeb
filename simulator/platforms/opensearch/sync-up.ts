/** The job that sets the models' states right by what the nodes hold, and the redeployment after a loss. */
import { type Cluster, eligibleNodes, nodesHolding, shardsRecover } from "./cluster";
import { deploy, loseDeployment, stateFor } from "./deploy";
import { type Model, writeModel } from "./documents";
import { existingModels } from "./models";

/** Has the job run at its next round. With an interval of 0 it never runs, and states never heal. */
export function requestSyncUp(cluster: Cluster): void {
  const { syncUpMs } = cluster.world.options();
  if (syncUpMs === 0 || cluster.syncUpAtMs !== undefined) return;
  const now = cluster.schedule.now();
  const rounds = Math.floor((now - cluster.startedAtMs) / syncUpMs) + 1;
  const atMs = Math.max(cluster.startedAtMs + rounds * syncUpMs, cluster.syncUpNotBeforeMs);
  cluster.syncUpAtMs = atMs;
  cluster.schedule.at(atMs, () => {
    // A restart in between has put it off.
    if (cluster.syncUpAtMs === atMs) syncUp(cluster);
  });
}

/** All nodes lose their memory, and the documents stay as they were. */
export function restart(cluster: Cluster): void {
  const { shardRecoveryMs, syncUpMs } = cluster.world.options();
  const now = cluster.schedule.now();
  for (const model of existingModels(cluster)) killDeployment(cluster, model);
  for (const node of cluster.nodes) node.memory.clear();
  cluster.shardsRecoverUntilMs = now + shardRecoveryMs;
  if (syncUpMs === 0) return;
  // Measured: redeployment is tried once, about an interval after the election; states are looked at an interval later.
  cluster.schedule.at(now + syncUpMs, () => {
    if (!shardsRecover(cluster)) redeploy(cluster, existingModels(cluster));
  });
  cluster.syncUpNotBeforeMs = now + 2 * syncUpMs;
  delete cluster.syncUpAtMs;
  requestSyncUp(cluster);
}

export function nodeLeft(cluster: Cluster, nodeId: string): void {
  cluster.nodes = cluster.nodes.filter(({ id }) => id !== nodeId);
  for (const model of existingModels(cluster)) {
    if (model.deployment?.loadingNodes.includes(nodeId) === true) killDeployment(cluster, model);
  }
  requestSyncUp(cluster);
}

export function nodeJoined(cluster: Cluster, nodeId: string): void {
  const wantsNode = (model: Model): boolean => model.deployToAllNodes || model.planningNodes.includes(nodeId);
  redeploy(cluster, existingModels(cluster).filter(wantsNode));
  requestSyncUp(cluster);
}

/** Its tasks never end, not even by their timeout: who would write that is gone (measured). */
function killDeployment(cluster: Cluster, model: Model): void {
  if (model.deployment !== undefined) model.deployment.tasks = [];
  loseDeployment(cluster, model);
}

/** Never those that count as failed. One after the other. */
function redeploy(cluster: Cluster, models: readonly Model[]): void {
  if (!cluster.world.options().modelAutoRedeploy) return;
  let atMs = cluster.schedule.now();
  for (const model of models.filter(({ state }) => redeployed.has(state))) {
    cluster.schedule.at(atMs, () => redeployModel(cluster, model));
    atMs += cluster.world.behaviour(model.name).readyAfterMs;
  }
}

const redeployed = new Set(["DEPLOYING", "PARTIALLY_DEPLOYED", "DEPLOYED"]);
/** `model_auto_redeploy.lifetime_retry_times`; a success sets the count back. */
const redeployLimit = 3;

function redeployModel(cluster: Cluster, model: Model): void {
  const times = (model.autoRedeployRetryTimes ?? 0) + 1;
  if (times > redeployLimit || model.deployment !== undefined || !redeployed.has(model.state)) return;
  const eligible = eligibleNodes(cluster, model);
  const nodes = model.deployToAllNodes ? eligible : eligible.filter(({ id }) => model.planningNodes.includes(id));
  if (nodes.length === 0) return;
  writeModel(cluster, model, { autoRedeployRetryTimes: times });
  deploy(cluster, model, { nodes, onAllNodes: model.deployToAllNodes });
}

function syncUp(cluster: Cluster): void {
  delete cluster.syncUpAtMs;
  if (shardsRecover(cluster)) return requestSyncUp(cluster);
  for (const model of existingModels(cluster)) {
    // Models that count as undeployed are never looked at (source of the plugin).
    if (model.deployment === undefined && lookedAt.has(model.state)) syncModel(cluster, model);
  }
}

const lookedAt = new Set([...redeployed, "DEPLOY_FAILED"]);

function syncModel(cluster: Cluster, model: Model): void {
  const serving = nodesHolding(cluster, model.id, "DEPLOYED");
  const isYoung = cluster.schedule.now() - model.updatedAtMs < cluster.world.options().deployGraceMs;
  if (model.state === "DEPLOYING" && serving.length === 0 && isYoung) return requestSyncUp(cluster);
  const planningNodes = planOf(cluster, model);
  const state = stateFor(serving.length, planningNodes.length);
  if (state === model.state && serving.length === model.currentCount && planningNodes.length === model.planningCount) {
    return;
  }
  const planningCount = planningNodes.length;
  writeModel(cluster, model, { state, currentCount: serving.length, planningNodes, planningCount });
}

/** A plan for all nodes follows the cluster; a chosen one stays (measured). */
function planOf(cluster: Cluster, model: Model): string[] {
  if (!model.deployToAllNodes) return model.planningNodes;
  const eligible = eligibleNodes(cluster, model).map(({ id }) => id);
  const kept = model.planningNodes.filter((id) => eligible.includes(id));
  return [...kept, ...eligible.filter((id) => !kept.includes(id))];
}
