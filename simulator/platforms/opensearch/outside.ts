/** Changes that other people make, or that happen to the nodes. */
import { z } from "zod";
import { type OutsideChange, SimulatorError } from "../../platform";
import { type Cluster, createNode, eligibleNodes } from "./cluster";
import { deploy, loseDeployment } from "./deploy";
import { type Model, writeModel } from "./documents";
import { findModel } from "./models";
import { nodeJoined, nodeLeft, restart } from "./sync-up";
import { undeploy } from "./undeploy";

/** Of a model, by its id. */
const modelChanges = z.discriminatedUnion("action", [
  z.object({ action: z.literal("deploy"), nodeIds: z.array(z.string()).optional() }),
  z.object({ action: z.literal("undeploy"), nodeIds: z.array(z.string()).optional() }),
  z.object({ action: z.literal("delete") }),
  /** The nodes lose it, and the document says so. */
  z.object({ action: z.literal("fail") }),
  /** The document alone changes: a state that is not true, or a word of another version. */
  z.object({ action: z.literal("status"), status: z.string() }),
]);

/** Of the cluster; `id` is a node's id or name, and anything for a restart. */
const clusterActions = ["restart", "node-leave", "node-join"] as const;

export function actOnCluster(cluster: Cluster, change: OutsideChange): void {
  cluster.schedule.catchUp();
  if (change.action === "restart") return restart(cluster);
  if (change.action === "node-leave") return leave(cluster, change.id);
  if (change.action === "node-join") return join(cluster, change.id);
  const parsed = modelChanges.safeParse(change);
  if (!parsed.success) {
    const actions = [...modelChanges.options.map(({ shape }) => shape.action.value), ...clusterActions].join(", ");
    throw new SimulatorError(
      `opensearch cannot "${change.action}" so; actions are ${actions}\n${z.prettifyError(parsed.error)}`,
    );
  }
  const model = findModel(cluster, change.id);
  if (model === undefined) throw new SimulatorError(`opensearch has no model ${change.id}`);
  changeModel(cluster, model, parsed.data);
  cluster.schedule.catchUp();
}

function changeModel(cluster: Cluster, model: Model, change: z.output<typeof modelChanges>): void {
  switch (change.action) {
    case "deploy": {
      const onAllNodes = change.nodeIds === undefined;
      const nodes = eligibleNodes(cluster, model).filter(({ id }) => onAllNodes || change.nodeIds?.includes(id));
      deploy(cluster, model, { nodes, onAllNodes });
      return;
    }
    case "undeploy":
      undeploy(cluster, [model.id], change.nodeIds);
      return;
    case "delete":
      forget(cluster, model);
      return writeModel(cluster, model, { deletedAtMs: cluster.schedule.now() });
    case "fail":
      forget(cluster, model);
      return writeModel(cluster, model, { state: "DEPLOY_FAILED", currentCount: 0 });
    case "status":
      return writeModel(cluster, model, { state: change.status });
  }
}

function forget(cluster: Cluster, model: Model): void {
  loseDeployment(cluster, model);
  for (const { memory } of cluster.nodes) memory.delete(model.id);
}

function leave(cluster: Cluster, idOrName: string): void {
  const node = cluster.nodes.find(({ id, name }) => id === idOrName || name === idOrName);
  if (node === undefined) throw new SimulatorError(`opensearch has no node ${idOrName}`);
  nodeLeft(cluster, node.id);
}

/** A node of that number, which may be one that has left. */
function join(cluster: Cluster, idOrName: string): void {
  const number = Number(/(\d+)$/.exec(idOrName)?.[1]);
  if (!Number.isInteger(number)) throw new SimulatorError(`nodes are named n1, n2, …; "${idOrName}" has no number`);
  const { mlNodes, nodes } = cluster.world.options();
  const node = createNode(number, number > nodes - mlNodes && number <= nodes);
  if (cluster.nodes.some(({ id }) => id === node.id)) throw new SimulatorError(`node ${idOrName} is there already`);
  cluster.nodes.push(node);
  nodeJoined(cluster, node.id);
}
