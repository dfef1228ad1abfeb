/** The routes of ML Commons, at their real paths, and the two of OpenSearch that a deployment needs. */
import type { PlatformApp } from "../../platform";
import { type Cluster, shardsRecover } from "./cluster";
import { profileOut, taskOut } from "./documents";
import { shardNotReady, statusError } from "./errors";
import {
  deleteModel,
  deployModel,
  getModel,
  predictWith,
  undeployModel,
  undeployModels,
  updateFields,
  updateModel,
} from "./model-routes";
import { nodesOut, settingsOut } from "./nodes";
import { createConnector, register, registrationFields } from "./register";
import { type Call, createApp, type Route } from "./router";
import { searchModels, searchTasks } from "./search";

const ml = "/_plugins/_ml";
const action = "cluster:admin/opensearch/ml";
const nodeIds = { fields: ["node_ids"], lists: ["node_ids"] };

/** Fixed names before ids. The second path of some is the name that they had before 2.7. */
const routes: readonly Route[] = [
  {
    method: "POST",
    paths: [`${ml}/models/_register`, `${ml}/models/_upload`],
    action: `${action}/register_model`,
    query: ["deploy", "version"],
    body: { fields: registrationFields },
    handle: ({ cluster, body, query }) => register(cluster, body, query.deploy === "true"),
  },
  ...(["POST", "GET"] as const).map((method) => ({
    method,
    paths: [`${ml}/models/_search`],
    action: `${action}/models/search`,
    body: {},
    handle: ({ cluster, body }: Call) => searchModels(cluster, body),
  })),
  {
    method: "POST",
    paths: [`${ml}/models/_undeploy`, `${ml}/models/_unload`],
    action: `${action}/undeploy_models`,
    body: { fields: ["model_ids", "node_ids"], lists: ["model_ids", "node_ids"] },
    handle: undeployModels,
  },
  {
    method: "GET",
    paths: [`${ml}/models/:id`],
    action: `${action}/models/get`,
    query: ["return_content"],
    handle: getModel,
  },
  {
    method: "PUT",
    paths: [`${ml}/models/:id`],
    action: `${action}/models/update`,
    body: { fields: updateFields },
    handle: updateModel,
  },
  { method: "DELETE", paths: [`${ml}/models/:id`], action: `${action}/models/delete`, handle: deleteModel },
  {
    method: "POST",
    paths: [`${ml}/models/:id/_deploy`, `${ml}/models/:id/_load`],
    action: `${action}/deploy_model`,
    body: nodeIds,
    handle: deployModel,
  },
  {
    method: "POST",
    paths: [`${ml}/models/:id/_undeploy`, `${ml}/models/:id/_unload`],
    action: `${action}/undeploy_models`,
    body: nodeIds,
    handle: undeployModel,
  },
  {
    method: "POST",
    paths: [`${ml}/models/:id/_predict`, `${ml}/_predict/:algorithm/:id`],
    action: `${action}/predict`,
    body: {},
    handle: predictWith,
  },
  ...(["POST", "GET"] as const).map((method) => ({
    method,
    paths: [`${ml}/tasks/_search`],
    action: `${action}/tasks/search`,
    body: {},
    handle: ({ cluster, body }: Call) => searchTasks(cluster, body),
  })),
  { method: "GET", paths: [`${ml}/tasks/:id`], action: `${action}/tasks/get`, handle: getTask },
  {
    method: "GET",
    paths: [`${ml}/profile`, `${ml}/profile/models`, `${ml}/profile/models/:id`],
    action: `${action}/profile/nodes`,
    handle: ({ cluster, id }) => profileModels(cluster, id),
  },
  { method: "GET", paths: [`${ml}/profile/tasks`], action: `${action}/profile/nodes`, handle: profileTasks },
  {
    method: "POST",
    paths: [`${ml}/connectors/_create`],
    action: `${action}/create_connector`,
    body: {},
    handle: ({ cluster }) => createConnector(cluster),
  },
  {
    method: "GET",
    paths: ["/_nodes"],
    action: "cluster:monitor/nodes/info",
    query: ["timeout", "flat_settings"],
    handle: ({ cluster }) => nodesOut(cluster),
  },
  {
    method: "GET",
    paths: ["/_cluster/settings"],
    action: "cluster:monitor/settings",
    query: ["include_defaults", "flat_settings"],
    handle: ({ cluster }) => settingsOut(cluster),
  },
];

export function opensearchRoutes(cluster: Cluster): PlatformApp {
  return createApp(cluster, routes);
}

function getTask({ cluster, id }: Call): Response {
  if (shardsRecover(cluster)) return shardNotReady(".plugins-ml-task", id, true);
  const task = cluster.tasks.get(id);
  return task === undefined ? statusError(404, "Failed to find task") : Response.json(taskOut(cluster, task));
}

/** What the nodes hold; `{}` when they hold nothing (measured). An empty id means all models. */
function profileModels(cluster: Cluster, id: string): Response {
  const nodes = cluster.nodes.flatMap((node) => {
    const models = [...cluster.models.values()]
      .filter((model) => id === "" || model.id === id)
      .map((model) => [model.id, profileOut(cluster, model, node.id)] as const)
      .filter(([, profile]) => profile !== undefined);
    return models.length === 0 ? [] : [[node.id, { models: Object.fromEntries(models) }] as const];
  });
  return Response.json(nodes.length === 0 ? {} : { nodes: Object.fromEntries(nodes) });
}

/** Running tasks, under the node that owns them. */
function profileTasks({ cluster }: Call): Response {
  const byNode: Record<string, { tasks: Record<string, unknown> }> = {};
  for (const task of cluster.tasks.values()) {
    const [owner] = task.workerNodes;
    if (owner === undefined || (task.state !== "CREATED" && task.state !== "RUNNING")) continue;
    byNode[owner] ??= { tasks: {} };
    byNode[owner].tasks[task.id] = { task_id: task.id, ...taskOut(cluster, task) };
  }
  return Response.json(Object.keys(byNode).length === 0 ? {} : { nodes: byNode });
}
