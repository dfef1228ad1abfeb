/** OpenSearch ML Commons: `_deploy` and `_undeploy` of a registered model. */
import { normalizeBaseUrl } from "../../http/base-url";
import type { HttpClient } from "../../http/request";
import { isNotFound } from "../../errors";
import type { Adapter, Call, DeploymentReference, PlatformImplementation } from "../../platform";
import { undeployModel } from "./api";
import { create } from "./create";
import { authorization, requireCredentials } from "./credentials";
import { describeError } from "./errors";
import type { OpenSearchInputs } from "./inputs";
import { list } from "./list";
import { modelFacts } from "./model-facts";
import { endpointOf, observe, overview } from "./observe";
import { rules } from "./rules";
import { update } from "./update";

export const implementation: PlatformImplementation<OpenSearchInputs> = {
  rules,
  // A remote model is deployed in 0.1 s, a local one of 245 MB in 4 to 5 s (measured).
  poll: { shortestMs: 100, longestMs: 3_000 },
  // A cluster of the user's own; a 429 would hold back all.
  requestsPerSecond: 100,
  // The cluster gives up a task after 600 s (source); a large model is loaded by one node after the other.
  timeouts: { createSeconds: 1_200, updateSeconds: 1_200, deleteSeconds: 300 },
  removedPhases: ["gone", "stopped"],
  repairsDegraded: true,
  stableOutputs: ["endpoint"],
  foreseen: ({ modelId }, baseUrl) => ({ deploymentId: modelId, endpoint: endpointOf(baseUrl, modelId) }),
  notPriced: "a cluster tells no prices",
  leavesBehind:
    "OpenSearch keeps the registered model; a prediction deploys an externally hosted one again, unless plugins.ml_commons.model_auto_deploy.enable or the model's own deploy_setting forbids it",
  requireCredentials,
  baseUrl(settings) {
    const origin = settings.find("opensearchUrl")?.origin ?? "opensearchUrl";
    return normalizeBaseUrl(settings.require("opensearchUrl"), `OpenSearch: ${origin}`);
  },
  authorization,
  canRefreshCredentials: () => false,
  describeError,
  connect,
};

function connect(http: HttpClient): Adapter<OpenSearchInputs> {
  return {
    create: (inputs, call) => create(http, inputs, call),
    observe: (reference, inputs, call) => observe(http, reference, inputs, call),
    update: (reference, change, call) => update(http, reference, change, call),
    delete: (reference, call) => remove(http, reference, call),
    list: (_models, call) => list(http, call),
    model: (modelId, call) => modelFacts(http, modelId, call),
    overview: { isIndex: true, scopeOf: () => "cluster", look: (_scope, call) => overview(http, call) },
  };
}

/** Also used for a deployment that is under way: its task is left behind, and never ends (measured). */
async function remove(http: HttpClient, reference: DeploymentReference, call: Call): Promise<DeploymentReference> {
  try {
    await undeployModel(http, reference.deploymentId, undefined, call.signal);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return { deploymentId: reference.deploymentId, details: { removing: true } };
}
