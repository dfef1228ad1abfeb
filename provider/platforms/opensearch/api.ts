/** The endpoints of ML Commons that a deployment needs, one function each. */
import type { HttpClient } from "../../http/request";
import { path } from "../../http/path";
import { deployAnswer, model, modelHits, nodes, profile, task, taskHits } from "./schema";
import type { Model, Profile, Task } from "./schema";

export function getModel(http: HttpClient, modelId: string, signal: AbortSignal): Promise<Model> {
  return http.request({
    method: "GET",
    path: path`/_plugins/_ml/models/${modelId}`,
    read: (json) => model.parse(json),
    signal,
  });
}

/** A page of the models that are in one of the states. Those in groups of other people are not found (measured). */
export function searchModels(
  http: HttpClient,
  states: readonly string[],
  page: { from: number; size: number },
  signal: AbortSignal,
): Promise<{ modelId: string; model: Model }[]> {
  return http.request({
    method: "POST",
    path: path`/_plugins/_ml/models/_search`,
    // The fields are named, since a model's own connector, for one, is nothing to ask for.
    body: { query: { bool: { must: [{ terms: { model_state: states } }] } }, _source: listedFields, ...page },
    read: (json) => modelHits.parse(json).hits.hits.map(({ _id, _source }) => ({ modelId: _id, model: _source })),
    repeatable: true,
    signal,
  });
}

const listedFields = [
  "name",
  "algorithm",
  "model_version",
  "model_state",
  "deploy_setting",
  "deploy_to_all_nodes",
  "last_updated_time",
  "last_deployed_time",
  "planning_worker_node_count",
  "current_worker_node_count",
  "planning_worker_nodes",
];

/** @param nodeIds undefined for all eligible nodes. Sent once: a second `_deploy` spoils the first (measured). */
export function deployModel(
  http: HttpClient,
  modelId: string,
  nodeIds: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<string> {
  return http.request({
    method: "POST",
    path: path`/_plugins/_ml/models/${modelId}/_deploy`,
    body: nodeIds && { node_ids: nodeIds },
    read: (json) => deployAnswer.parse(json).task_id,
    outlivesCancel: true,
    signal,
  });
}

/**
 * @param nodeIds undefined for all nodes. Ids must have been read from the cluster just before: for
 * unknown ones the answer is 200, and the model counts as undeployed although it serves (measured).
 */
export function undeployModel(
  http: HttpClient,
  modelId: string,
  nodeIds: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<void> {
  return http.request({
    method: "POST",
    path: path`/_plugins/_ml/models/${modelId}/_undeploy`,
    body: nodeIds && { node_ids: nodeIds },
    read: () => undefined,
    // Undeploying what is undeployed answers 200 `not_found` (measured).
    repeatable: true,
    signal,
  });
}

export function getTask(http: HttpClient, taskId: string, signal: AbortSignal): Promise<Task> {
  return http.request({
    method: "GET",
    path: path`/_plugins/_ml/tasks/${taskId}`,
    read: (json) => task.parse(json),
    signal,
  });
}

/** The newest deploy task of a model, whoever started it. */
export function findDeployTask(
  http: HttpClient,
  modelId: string,
  signal: AbortSignal,
): Promise<{ taskId: string; task: Task } | undefined> {
  return http.request({
    method: "POST",
    path: path`/_plugins/_ml/tasks/_search`,
    body: {
      query: { bool: { must: [{ term: { model_id: modelId } }, { term: { task_type: "DEPLOY_MODEL" } }] } },
      sort: [{ create_time: "desc" }],
      size: 1,
    },
    read: (json) => {
      const newest = taskHits.parse(json).hits.hits[0];
      return newest && { taskId: newest._id, task: newest._source };
    },
    repeatable: true,
    signal,
  });
}

/** What the nodes really hold, whatever the model's document says. */
export function getProfile(http: HttpClient, modelId: string, signal: AbortSignal): Promise<Profile> {
  return http.request({
    method: "GET",
    path: path`/_plugins/_ml/profile/models/${modelId}`,
    read: (json) => profile.parse(json),
    signal,
  });
}

/** The names of all nodes by their ids. */
export function listNodes(http: HttpClient, signal: AbortSignal): Promise<Map<string, string>> {
  return http.request({
    method: "GET",
    path: path`/_nodes`,
    read: (json) => new Map(Object.entries(nodes.parse(json).nodes).map(([id, { name }]) => [id, name ?? ""])),
    signal,
  });
}
