/** Registering models and connectors. */
import { type Cluster, eligibleNodes, newId } from "./cluster";
import { deploy } from "./deploy";
import { argumentError, statusError } from "./errors";
import { listedConnector, registerModel } from "./models";
import type { Body } from "./request-body";
import { createTask } from "./tasks";

export const registrationFields = [
  "name",
  "function_name",
  "version",
  "description",
  "connector_id",
  "connector",
  "model_group_id",
  "is_enabled",
  "rate_limiter",
  "deploy_setting",
  "guardrails",
  "interface",
];

/** Functions of local models that the plugin's documents name. */
const localFunctions = [
  "TEXT_EMBEDDING",
  "SPARSE_ENCODING",
  "SPARSE_TOKENIZE",
  "TEXT_SIMILARITY",
  "QUESTION_ANSWERING",
];

/** `POST models/_register`: of externally hosted models, at once. */
export function register(cluster: Cluster, body: Body, deploysToo: boolean): Response {
  const refusal = checkRegistration(cluster, body);
  if (refusal !== undefined) return refusal;
  const { name, function_name: _, version: _version, model_group_id: groupId, ...configuration } = body;
  const id = newId(cluster);
  const group = typeof groupId === "string" ? { groupId } : {};
  const model = registerModel(cluster, { id, name: name as string, algorithm: "REMOTE", configuration, ...group });
  const workerNodes = cluster.nodes.slice(0, 1).map((node) => node.id);
  const task = createTask(cluster, model, { type: "REGISTER_MODEL", state: "COMPLETED", workerNodes, isAsync: false });
  if (deploysToo) {
    // The task that is told is the registration's; the deployment has none that can be seen (measured).
    const hidden = deploy(cluster, model, { nodes: eligibleNodes(cluster, model), onAllNodes: true });
    cluster.tasks.delete(hidden.id);
  }
  return Response.json({ task_id: task.id, status: "CREATED", model_id: id });
}

export function createConnector(cluster: Cluster): Response {
  const id = newId(cluster);
  cluster.connectorIds.add(id);
  return Response.json({ connector_id: id });
}

function checkRegistration(cluster: Cluster, body: Body): Response | undefined {
  if (typeof body.name !== "string") return argumentError("model name is null");
  const functionName = typeof body.function_name === "string" ? body.function_name.toUpperCase() : "";
  if (functionName !== "REMOTE") {
    // The default of `allow_registering_model_via_url` forbids it; the text was not captured for this route.
    return localFunctions.includes(functionName)
      ? argumentError(
          "To upload custom model user needs to enable allow_registering_model_via_url settings. Otherwise please use opensearch pre-trained models.",
        )
      : argumentError("Wrong function name");
  }
  const { connector, connector_id: connectorId } = body;
  if (connectorId === undefined && connector === undefined) {
    return argumentError("You must provide connector content when creating a remote model without connector id!");
  }
  if (connectorId === undefined || connectorId === listedConnector) return undefined;
  if (typeof connectorId === "string" && cluster.connectorIds.has(connectorId)) return undefined;
  return statusError(404, `Failed to find connector:${JSON.stringify(connectorId).replaceAll('"', "")}`);
}
