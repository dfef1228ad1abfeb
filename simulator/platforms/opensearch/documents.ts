/** The documents of models and tasks, and how they read. */
import { type Cluster, inSomeOrder, nodesHolding } from "./cluster";
import type { Deployment } from "./deploy";

export interface Model {
  id: string;
  name: string;
  groupId: string;
  /** `REMOTE`, or the function of a local model. */
  algorithm: string;
  version: string;
  state: string;
  /** What the body of the registration or of the last PUT said, under the platform's names. */
  configuration: Record<string, unknown>;
  /** Fields of local models alone. */
  content: Record<string, unknown>;
  planningNodes: string[];
  planningCount?: number;
  currentCount?: number;
  deployToAllNodes: boolean;
  autoRedeployRetryTimes?: number;
  createdAtMs: number;
  updatedAtMs: number;
  lastDeployedAtMs?: number;
  /** A PUT makes the id a field of the document. */
  wasPut: boolean;
  documentVersion: number;
  sequenceNumber: number;
  /** The one that runs now. */
  deployment?: Deployment;
  /** Accepted deployments, whoever asked for them. */
  starts: number;
  deletedAtMs?: number;
}

export interface Task {
  id: string;
  modelId: string;
  type: "DEPLOY_MODEL" | "REGISTER_MODEL";
  functionName: string;
  state: "CREATED" | "RUNNING" | "COMPLETED" | "COMPLETED_WITH_ERROR" | "FAILED";
  workerNodes: string[];
  createdAtMs: number;
  updatedAtMs: number;
  error?: string;
  isAsync: boolean;
  documentVersion: number;
}

/** Writes to the model's document. */
export function writeModel(cluster: Cluster, model: Model, change: Partial<Model>): void {
  Object.assign(model, change);
  model.updatedAtMs = cluster.schedule.now();
  model.documentVersion++;
  model.sequenceNumber = ++cluster.sequenceNumber;
}

export function writeTask(cluster: Cluster, task: Task, change: Partial<Task>): void {
  Object.assign(task, change);
  task.updatedAtMs = cluster.schedule.now();
  task.documentVersion++;
}

/** Fields in the order of the platform's; `JSON.stringify` leaves out those that are undefined. */
export function modelOut(cluster: Cluster, model: Model): Record<string, unknown> {
  const { configuration: given, planningNodes } = model;
  return {
    name: model.name,
    model_group_id: model.groupId,
    algorithm: model.algorithm,
    model_version: model.version,
    description: given.description,
    ...pick(model.content, ["model_format"]),
    model_state: model.state,
    ...pick(model.content, ["model_content_size_in_bytes", "model_content_hash_value", "model_config"]),
    ...pick(given, ["deploy_setting", "is_enabled", "rate_limiter"]),
    created_time: model.createdAtMs,
    last_updated_time: model.updatedAtMs,
    last_deployed_time: model.lastDeployedAtMs,
    model_id: model.wasPut ? model.id : undefined,
    auto_redeploy_retry_times: model.autoRedeployRetryTimes,
    ...pick(model.content, ["total_chunks"]),
    planning_worker_node_count: model.planningCount,
    current_worker_node_count: model.currentCount,
    planning_worker_nodes: planningNodes.length === 0 ? undefined : inSomeOrder(cluster, planningNodes),
    deploy_to_all_nodes: model.deployToAllNodes || undefined,
    is_hidden: false,
    ...pick(given, ["connector", "connector_id", "guardrails", "interface"]),
  };
}

/** A task does not tell its own id. */
export function taskOut(cluster: Cluster, task: Task): Record<string, unknown> {
  return {
    model_id: task.modelId,
    task_type: task.type,
    function_name: task.functionName,
    state: task.state,
    worker_node: inSomeOrder(cluster, task.workerNodes),
    create_time: task.createdAtMs,
    last_update_time: task.updatedAtMs,
    error: task.error,
    is_async: task.isAsync,
  };
}

/** What a node tells about a model in its memory; a node on which it failed tells only who serves it. */
export function profileOut(cluster: Cluster, model: Model, nodeId: string): Record<string, unknown> | undefined {
  const loaded = cluster.nodes.find(({ id }) => id === nodeId)?.memory.get(model.id);
  if (loaded === undefined) return undefined;
  // Measured: a model that was deleted while it was being deployed.
  if (model.deletedAtMs !== undefined) return {};
  const served = nodesHolding(cluster, model.id, "DEPLOYED");
  const workers = { worker_nodes: inSomeOrder(cluster, served) };
  if (loaded.state === "FAILED") return workers;
  const targets = { target_worker_nodes: loaded.targetNodes };
  if (loaded.state === "DEPLOYING") return { model_state: "DEPLOYING", ...targets };
  return {
    model_state: "DEPLOYED",
    predictor: `org.opensearch.ml.engine.algorithms.${predictorOf(model)}@${loaded.predictorHash}`,
    ...targets,
    ...workers,
    ...(model.algorithm === "REMOTE"
      ? {}
      : { memory_size_estimation_cpu: 368_671_048, memory_size_estimation_gpu: 368_671_048 }),
  };
}

function predictorOf({ algorithm }: Model): string {
  return algorithm === "REMOTE" ? "remote.RemoteModel" : "text_embedding.TextEmbeddingDenseModel";
}

function pick(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]));
}
