/** What the routes of a single model do. */
import type { Call } from "./router";
import { refuseModel } from "./access";
import { type Cluster, eligibleNodes, nodesHolding, shardsRecover } from "./cluster";
import { ConflictError, deploy } from "./deploy";
import { type Model, modelOut, writeModel } from "./documents";
import { argumentError, noModelIndex, shardNotReady, statusError, versionConflict } from "./errors";
import { findModel, hasModelIndex } from "./models";
import { predict } from "./predict";
import { textsIn } from "./request-body";
import { undeploy } from "./undeploy";

export const updateFields = [
  "name",
  "description",
  "model_group_id",
  "is_enabled",
  "rate_limiter",
  "model_config",
  "deploy_setting",
  "connector_id",
  "connector",
  "guardrails",
  "interface",
];

export function getModel({ cluster, id }: Call): Response {
  const missing = hasModelIndex(cluster)
    ? `Failed to find model with the provided model id: ${id}`
    : "Fail to find model";
  const model = readModel(cluster, id, () => statusError(404, missing));
  return model instanceof Response
    ? model
    : (refuseModel(cluster.world, id, "read") ?? Response.json(modelOut(cluster, model)));
}

export function deployModel({ cluster, id, body }: Call): Response {
  const model = readModel(cluster, id, () => notFoundByAction(cluster));
  if (model instanceof Response) return model;
  const nodeIds = textsIn(body, "node_ids");
  const refusal = refuseModel(cluster.world, id, "read") ?? refusePlan(cluster, model, nodeIds);
  if (refusal !== undefined) return refusal;
  const onAllNodes = nodeIds.length === 0;
  const nodes = eligibleNodes(cluster, model).filter((node) => onAllNodes || nodeIds.includes(node.id));
  if (nodes.length === 0) return argumentError("no eligible node found");
  try {
    const task = deploy(cluster, model, { nodes, onAllNodes });
    // Also when the deployment fails later (measured): the status says nothing.
    const status = model.algorithm === "REMOTE" ? "COMPLETED" : "CREATED";
    return Response.json({ task_id: task.id, task_type: "DEPLOY_MODEL", status });
  } catch (error) {
    if (error instanceof ConflictError) return versionConflict(id, model.sequenceNumber - 1);
    throw error;
  }
}

export function undeployModel({ cluster, id, body }: Call): Response {
  const model = readModel(cluster, id, () => notFoundByAction(cluster));
  if (model instanceof Response) return model;
  return refuseModel(cluster.world, id, "undeploy") ?? undeployFrom(cluster, [id], textsIn(body, "node_ids"));
}

export function undeployModels({ cluster, body }: Call): Response {
  const ids = textsIn(body, "model_ids");
  if (cluster.world.options().restrictedModels.length > 0 && ids.length !== 1) {
    return argumentError("only support undeploy one model");
  }
  if (ids.length === 0) return argumentError("Must set specific model ids to undeploy");
  const refusal = ids.map((id) => refuseModel(cluster.world, id, "undeploy")).find(Boolean);
  return refusal ?? undeployFrom(cluster, ids, textsIn(body, "node_ids"));
}

/** Keys that it does not take are skipped without a word (measured). */
export function updateModel({ cluster, exchange, id, body }: Call): Response {
  const missing = `Failed to find model to update with the provided model id: ${id}`;
  const model = readModel(cluster, id, () => statusError(404, missing));
  if (model instanceof Response) return model;
  const refusal = refuseModel(cluster.world, id, "update");
  if (refusal !== undefined) return refusal;
  // 400 is known, the text is not.
  if (exchange.rawBody === "") return argumentError("Failed to parse object: the body is empty");
  if (model.state === "DEPLOYING") {
    const reason = "Model is deploying. Please wait for the model to complete deployment. model ID";
    return statusError(409, `${reason} ${id}`);
  }
  const taken = Object.fromEntries(Object.entries(body).filter(([name]) => updateFields.includes(name)));
  const { name, model_group_id: groupId, ...configuration } = taken;
  writeModel(cluster, model, {
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof groupId === "string" ? { groupId } : {}),
    configuration: { ...model.configuration, ...configuration },
    wasPut: true,
  });
  return Response.json(indexAnswer(model, "updated"));
}

export function deleteModel({ cluster, id }: Call): Response {
  const model = readModel(cluster, id, () => statusError(404, "Failed to find model"));
  if (model instanceof Response) return model;
  const refusal = refuseModel(cluster.world, id, "read");
  if (refusal !== undefined) return refusal;
  if (["DEPLOYED", "PARTIALLY_DEPLOYED", "DEPLOYING"].includes(model.state)) {
    const reason = "Model cannot be deleted in deploying or deployed state. Try undeploy model first then delete";
    return statusError(400, reason);
  }
  writeModel(cluster, model, { deletedAtMs: cluster.schedule.now() });
  return Response.json(indexAnswer(model, "deleted"));
}

export function predictWith({ cluster, id, body }: Call): Response {
  const model = readModel(cluster, id, () => statusError(404, "Failed to find model"));
  if (model instanceof Response) return model;
  return refuseModel(cluster.world, id, "read") ?? predict(cluster, model, body);
}

/** The model, or why it cannot be read. While shards recover, nothing can (measured). */
function readModel(cluster: Cluster, id: string, notFound: () => Response): Model | Response {
  const { schedule, shardsRecoverUntilMs } = cluster;
  if (shardsRecover(cluster)) {
    const isEarly = shardsRecoverUntilMs - schedule.now() > cluster.world.options().shardRecoveryMs / 2;
    return shardNotReady(".plugins-ml-model", id, isEarly);
  }
  return findModel(cluster, id) ?? notFound();
}

/** Without the index, deploying answers 500 (measured); that undeploying does so too is inferred. */
function notFoundByAction(cluster: Cluster): Response {
  return hasModelIndex(cluster) ? statusError(404, "Failed to find model") : noModelIndex();
}

function refusePlan(cluster: Cluster, model: Model, nodeIds: readonly string[]): Response | undefined {
  if (nodeIds.length === 0) return undefined;
  if (!cluster.world.options().allowCustomDeploymentPlan) return argumentError("Don't allow custom deployment plan");
  const leftOut = nodesHolding(cluster, model.id, "DEPLOYED").filter((node) => !nodeIds.includes(node));
  if (leftOut.length === 0) return undefined;
  return argumentError(
    `Model already deployed to these nodes: [${leftOut.join(", ")}], but they are not included in target node ids. ` +
      "Undeploy model from these nodes if don't need them any more." +
      "Undeploy from old nodes before try to deploy model on new nodes. Or include all old nodes on your target nodes.",
  );
}

function undeployFrom(cluster: Cluster, modelIds: readonly string[], nodeIds: readonly string[]): Response {
  if (nodeIds.length > 0 && !cluster.world.options().allowCustomDeploymentPlan) {
    return argumentError("Don't allow custom deployment plan");
  }
  return Response.json(undeploy(cluster, modelIds, nodeIds.length === 0 ? undefined : nodeIds));
}

function indexAnswer({ id, documentVersion, sequenceNumber }: Model, result: "updated" | "deleted") {
  return {
    _index: ".plugins-ml-model",
    _id: id,
    _version: documentVersion,
    result,
    forced_refresh: true,
    _shards: { total: 1, successful: 1, failed: 0 },
    _seq_no: sequenceNumber,
    _primary_term: 1,
  };
}
