/** `_predict`, on a model that is deployed, or that deploys itself. */
import { type Cluster, eligibleNodes, nodesHolding } from "./cluster";
import { deploy } from "./deploy";
import type { Model } from "./documents";
import { argumentError, statusError } from "./errors";
import type { Body } from "./request-body";

export function predict(cluster: Cluster, model: Model, body: Body): Response {
  if (model.configuration.is_enabled === false) return statusError(403, "Model is disabled.");
  if (!isReady(cluster, model)) return argumentError("Model not ready yet. Please deploy the model first.");
  if (model.algorithm !== "REMOTE") return Response.json({ inference_results: localResults(body) });

  const parameters = (body.parameters ?? {}) as Record<string, unknown>;
  if (parameters.input === undefined) {
    return argumentError("Some parameter placeholder not filled in payload: input");
  }
  const echo = `{"input": ${JSON.stringify(parameters.input)}}`;
  const output = [{ name: "response", dataAsMap: { embedding: [0.1, 0.2, 0.3], echo } }];
  return Response.json({ inference_results: [{ output, status_code: 200 }] });
}

/** The nodes decide, not the model's document. An externally hosted model is deployed by its prediction (measured). */
function isReady(cluster: Cluster, model: Model): boolean {
  if (nodesHolding(cluster, model.id, "DEPLOYED").length > 0) return true;
  const setting = model.configuration.deploy_setting as { is_auto_deploy_enabled?: boolean } | undefined;
  const deploysItself = cluster.world.options().modelAutoDeploy && setting?.is_auto_deploy_enabled !== false;
  if (model.algorithm !== "REMOTE" || !deploysItself) return false;
  if (model.deployment === undefined) {
    deploy(cluster, model, { nodes: eligibleNodes(cluster, model), onAllNodes: true });
  }
  return cluster.world.behaviour(model.name).outcome === "ready";
}

function localResults({ text_docs: texts }: Body): unknown[] {
  const data = [0.017524064, -0.5311057, -0.85083616];
  const output = [{ name: "sentence_embedding", data_type: "FLOAT32", shape: [data.length], data }];
  return (Array.isArray(texts) ? texts : []).map(() => ({ output }));
}
