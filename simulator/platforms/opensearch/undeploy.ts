/** `_undeploy`: the answer of the nodes, and what becomes of the models' documents. */
import { type Cluster, type ClusterNode, nodesHolding } from "./cluster";
import { loseDeployment } from "./deploy";
import { type Model, writeModel } from "./documents";
import { findModel } from "./models";

type NodeAnswers = Record<string, { stats: Record<string, "undeployed" | "not_found"> }>;

/** @param nodeIds undefined for all nodes; unknown ones are dropped without a word (measured). */
export function undeploy(
  cluster: Cluster,
  modelIds: readonly string[],
  nodeIds: readonly string[] | undefined,
): NodeAnswers {
  const nodes = cluster.nodes.filter(({ id }) => nodeIds === undefined || nodeIds.includes(id));
  const answers: NodeAnswers = {};
  for (const { id, memory } of nodes) {
    const stats = modelIds.map((model) => {
      const held = memory.get(model)?.state === "DEPLOYED";
      return [model, held ? "undeployed" : "not_found"] as const;
    });
    answers[id] = { stats: Object.fromEntries(stats) };
  }
  for (const id of modelIds) {
    const model = findModel(cluster, id);
    if (model !== undefined) undeployModel(cluster, model, nodes);
  }
  return answers;
}

function undeployModel(cluster: Cluster, model: Model, nodes: readonly ClusterNode[]): void {
  const wasHeld = nodes.some(({ memory }) => memory.get(model.id)?.state === "DEPLOYED");
  const coversLoading = nodes.some(({ id }) => model.deployment?.loadingNodes.includes(id));
  for (const { memory } of nodes) memory.delete(model.id);
  // The load goes on and dies (measured).
  if (coversLoading) loseDeployment(cluster, model);

  const left = nodesHolding(cluster, model.id, "DEPLOYED");
  if (wasHeld && left.length > 0) return keepOn(cluster, model, nodes);
  // Written whenever no asked node held it, also when others still serve it: with only unknown nodes
  // that was measured; with a known one it is inferred from the same condition of the source.
  writeModel(cluster, model, { state: "UNDEPLOYED", planningNodes: [], planningCount: 0, currentCount: 0 });
}

/** Undeployed from a part of its nodes: the plan shrinks, and is no longer one for all nodes (measured). */
function keepOn(cluster: Cluster, model: Model, removed: readonly ClusterNode[]): void {
  const planningNodes = model.planningNodes.filter((id) => !removed.some((node) => node.id === id));
  const serving = nodesHolding(cluster, model.id, "DEPLOYED").length;
  writeModel(cluster, model, {
    state: serving < planningNodes.length ? "PARTIALLY_DEPLOYED" : "DEPLOYED",
    planningNodes,
    planningCount: planningNodes.length,
    currentCount: serving,
    deployToAllNodes: false,
  });
}
