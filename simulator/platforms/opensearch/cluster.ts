/** The cluster: its nodes with what they hold in memory, and its two indexes, of models and of tasks. */
import { randomBytes } from "node:crypto";
import type { World } from "../../platform";
import type { Model, Task } from "./documents";
import type { OpensearchOptions } from "./options";
import { createSchedule, type Schedule } from "./schedule";

export interface Cluster {
  world: World<OpensearchOptions>;
  schedule: Schedule;
  startedAtMs: number;
  nodes: ClusterNode[];
  /** All that ever were: deleted ones stay, marked as such. */
  models: Map<string, Model>;
  tasks: Map<string, Task>;
  connectorIds: Set<string>;
  /** Versions by the name of a model group. */
  modelGroups: Map<string, { id: string; versions: number }>;
  /** Of the last write to the models' index. */
  sequenceNumber: number;
  /** Until then reads of both indexes fail. */
  shardsRecoverUntilMs: number;
  /** When the job that sets states right runs next; undefined while there is nothing to set right. */
  syncUpAtMs?: number;
  /** After a restart the job waits. */
  syncUpNotBeforeMs: number;
  /** Turns the order of nodes in answers. */
  reads: number;
}

export interface ClusterNode {
  id: string;
  name: string;
  roles: string[];
  /** By the model's id. */
  memory: Map<string, LoadedModel>;
}

/** What a node has of a model, whatever the model's document says. */
export interface LoadedModel {
  state: "DEPLOYING" | "DEPLOYED" | "FAILED";
  targetNodes: string[];
  /** The hash of a Java object: another one after each deployment. */
  predictorHash: string;
}

export function createCluster(world: World<OpensearchOptions>): Cluster {
  const { nodes, mlNodes } = world.options();
  const now = world.now();
  return {
    world,
    schedule: createSchedule(world.now),
    startedAtMs: now,
    nodes: Array.from({ length: nodes }, (_, index) => createNode(index + 1, index >= nodes - mlNodes)),
    models: new Map(),
    tasks: new Map(),
    connectorIds: new Set(),
    modelGroups: new Map(),
    sequenceNumber: -1,
    shardsRecoverUntilMs: 0,
    syncUpNotBeforeMs: 0,
    reads: 0,
  };
}

/** Nodes have ids of 22 characters. */
export function createNode(number: number, ml: boolean): ClusterNode {
  const roles = ["cluster_manager", "data", "ingest", ...(ml ? ["ml"] : []), "remote_cluster_client"];
  return { id: `SimulatedNode${String(number).padStart(9, "0")}`, name: `n${number}`, roles, memory: new Map() };
}

/** 20 characters of URL-safe base64, which may begin with `-` or `_`. Another one in each run. */
export function newId({ world }: Cluster): string {
  const { idPrefix } = world.options();
  return (idPrefix + randomBytes(15).toString("base64url")).slice(0, 20);
}

/** Where a model can run: externally hosted ones on data and ml nodes, local ones by a setting on ml nodes alone. */
export function eligibleNodes({ nodes, world }: Cluster, model: Model): ClusterNode[] {
  const { excludedNodeNames, onlyRunOnMlNode } = world.options();
  const roles = model.algorithm !== "REMOTE" && onlyRunOnMlNode ? ["ml"] : ["data", "ml"];
  return nodes.filter(
    (node) => !excludedNodeNames.includes(node.name) && node.roles.some((role) => roles.includes(role)),
  );
}

/** The ids of the nodes that hold the model in this state, in their memory. */
export function nodesHolding({ nodes }: Cluster, modelId: string, state: LoadedModel["state"]): string[] {
  return nodes.filter((node) => node.memory.get(modelId)?.state === state).map(({ id }) => id);
}

export function shardsRecover({ shardsRecoverUntilMs, schedule }: Cluster): boolean {
  return schedule.now() < shardsRecoverUntilMs;
}

/** Nodes are listed in an order that is not stable (measured). */
export function inSomeOrder(cluster: Cluster, nodeIds: readonly string[]): string[] {
  if (!cluster.world.options().unstableNodeOrder || nodeIds.length < 2) return [...nodeIds];
  const turn = cluster.reads % nodeIds.length;
  return [...nodeIds.slice(turn), ...nodeIds.slice(0, turn)];
}
