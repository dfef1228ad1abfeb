/** Deploys a registered model, or goes on with a deployment that is already there. */
import { isNotFound, ProviderError } from "../../errors";
import type { HttpClient } from "../../http/request";
import type { Call, DeploymentReference } from "../../platform";
import { getModel } from "./api";
import { attach, deploy, isUnderWay } from "./deploy";
import type { OpenSearchInputs } from "./inputs";
import { isOnAllNodes, isServing, planFits, plannedNodes, stateOf, wantedNodes, without } from "./model-state";
import { requireKnownNodes } from "./nodes";
import type { Model } from "./schema";

export async function create(http: HttpClient, inputs: OpenSearchInputs, call: Call): Promise<DeploymentReference> {
  const { modelId } = inputs;
  const wanted = wantedNodes(inputs);
  const model = await requireModel(http, modelId, call);
  if (wanted !== undefined) await requireKnownNodes(http, wanted, call);
  if (await isUnderWay(http, modelId, model, call)) {
    refuseForeignPlan(modelId, model, wanted);
    call.info(`model ${modelId} is being deployed already; going on with that deployment`);
    return attach(http, modelId, call);
  }
  if (stateOf(model) === "DEPLOYED" && planFits(model, wanted)) {
    call.info(`model ${modelId} is deployed already, and is taken as it is`);
    return { deploymentId: modelId, details: {} };
  }
  refuseSmallerPlan(modelId, model, wanted);
  await call.aboutToCreate();
  return deploy(http, modelId, model, wanted, call);
}

async function requireModel(http: HttpClient, modelId: string, call: Call): Promise<Model> {
  try {
    const model = await getModel(http, modelId, call.signal);
    if (stateOf(model) !== "REGISTERING") return model;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new ProviderError(
      `OpenSearch: no model ${modelId} is registered in the cluster; register it with POST /_plugins/_ml/models/_register and give the model_id of the finished task as modelId`,
      { cause: error },
    );
  }
  // The server would take the deployment and fail it later (measured).
  throw new ProviderError(
    `OpenSearch: model ${modelId} is still being registered; run \`pulumi up\` again when its registration task has ended`,
  );
}

/** A second `_deploy` would spoil the one that runs (measured), and that one is not what is wanted. */
function refuseForeignPlan(modelId: string, model: Model, wanted: readonly string[] | undefined): void {
  const fits = planFits({ ...model, deploy_to_all_nodes: wanted === undefined && isOnAllNodes(model) }, wanted);
  if (fits) return;
  throw new ProviderError(
    `OpenSearch: model ${modelId} is just being deployed by somebody else to ${planText(model)}, and the program wants ${wantedText(wanted)}; run \`pulumi up\` again when that has ended`,
  );
}

/** The server refuses a list that leaves out nodes on which the model runs (measured): somebody chose them. */
function refuseSmallerPlan(modelId: string, model: Model, wanted: readonly string[] | undefined): void {
  if (wanted === undefined || !isServing(model) || without(plannedNodes(model), wanted).length === 0) return;
  throw new ProviderError(
    `OpenSearch: model ${modelId} is already deployed on ${planText(model)}, and the program wants ${wantedText(wanted)}; to take that deployment over and move it, add \`adopt: "${modelId}"\``,
  );
}

function planText(model: Model): string {
  const nodes = plannedNodes(model).join(", ");
  return isOnAllNodes(model) ? `all nodes (${nodes})` : `node ${nodes}`;
}

function wantedText(wanted: readonly string[] | undefined): string {
  return wanted === undefined ? "all nodes" : `node ${wanted.join(", ")}`;
}
