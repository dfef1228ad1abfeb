/** Sends `_deploy`, which must never be sent twice, and finds out by looking when the answer is lost. */
import { CancelledError, mayHaveBeenAccepted, messageOf, PlatformError, UnclearError } from "../../errors";
import type { HttpClient } from "../../http/request";
import type { Call, DeploymentReference } from "../../platform";
import { deployModel, findDeployTask, getModel, getProfile } from "./api";
import { isServing, nodesHolding, stateOf } from "./model-state";
import type { Model } from "./schema";

/**
 * @param before the model as it was read just before; it must not be DEPLOYING.
 * @param nodeIds undefined for all eligible nodes.
 */
export async function deploy(
  http: HttpClient,
  modelId: string,
  before: Model,
  nodeIds: readonly string[] | undefined,
  call: Call,
): Promise<DeploymentReference> {
  call.noteChange();
  try {
    const taskId = await deployModel(http, modelId, nodeIds, call.signal);
    return withTask(modelId, taskId);
  } catch (error) {
    // The model's id is all that is needed to find the deployment again, so that it is kept.
    if (error instanceof CancelledError && error.sent) return withTask(modelId, undefined);
    if (!mayHaveBeenAccepted(error) && !isConflict(error)) throw error;
    return findOutcome(http, modelId, before, error, call);
  }
}

/** Goes on with a deployment that is under way, whoever started it. */
export async function attach(http: HttpClient, modelId: string, call: Call): Promise<DeploymentReference> {
  const newest = await findDeployTask(http, modelId, call.signal);
  return withTask(modelId, newest?.taskId);
}

/**
 * Whether a deployment is under way. The model's document alone does not tell: it reads DEPLOY_FAILED
 * while one of two deployments that met goes on (measured).
 */
export async function isUnderWay(http: HttpClient, modelId: string, model: Model, call: Call): Promise<boolean> {
  if (stateOf(model) !== "DEPLOY_FAILED") return stateOf(model) === "DEPLOYING";
  const profile = await getProfile(http, modelId, call.signal);
  return nodesHolding(profile, modelId, ["DEPLOYING"]).length > 0;
}

/** Somebody else's `_deploy` came at the same instant and won (measured). */
function isConflict(error: unknown): boolean {
  return error instanceof PlatformError && error.code === "version_conflict_engine_exception";
}

async function findOutcome(
  http: HttpClient,
  modelId: string,
  before: Model,
  failure: unknown,
  call: Call,
): Promise<DeploymentReference> {
  try {
    const newest = await findDeployTask(http, modelId, call.signal);
    const after = await getModel(http, modelId, call.signal);
    // Both times are the cluster's own. Each deployment writes the model after it has made its task.
    const isNew = (newest?.task.create_time ?? 0) > (before.last_updated_time ?? 0);
    if (isNew) return withTask(modelId, newest?.taskId);
    if (stateOf(after) === "DEPLOYING" || isOutcome(before, after)) return withTask(modelId, undefined);
  } catch (error) {
    throw unclear(modelId, `${messageOf(failure)}; looking at the model failed, too: ${messageOf(error)}`, failure);
  }
  throw unclear(modelId, `${messageOf(failure)}; no deploy task is to be seen`, failure);
}

/** A remote model is through in 0.1 s (measured), which a search may not show yet. */
function isOutcome(before: Model, after: Model): boolean {
  const isChanged = after.last_updated_time !== before.last_updated_time;
  return isChanged && (isServing(after) || stateOf(after) === "DEPLOY_FAILED");
}

function unclear(modelId: string, what: string, cause: unknown): UnclearError {
  return new UnclearError(
    `OpenSearch: it is not known whether the deployment of model ${modelId} was taken (${what}); run \`pulumi up\` again: it looks at the model first and goes on with what it finds`,
    { cause },
  );
}

function withTask(modelId: string, taskId: string | undefined): DeploymentReference {
  return { deploymentId: modelId, details: taskId === undefined ? {} : { taskId } };
}
