/** Palantir Foundry: direct live deployments of a model's branch. */
import { isNotFound, isTransient, PlatformError } from "../../errors";
import { normalizeBaseUrl } from "../../http/base-url";
import type { HttpClient } from "../../http/request";
import type { Adapter, Call, DeploymentReference, ModelFacts, PlatformImplementation } from "../../platform";
import { disableDeployment, getDeployment, getModel } from "./api";
import { create, findNamed } from "./create";
import { authorization, chooseCredentials } from "./credentials";
import { describeError } from "./errors";
import type { FoundryInputs } from "./inputs";
import { list } from "./list";
import { overview } from "./overview";
import { rules } from "./rules";
import { isDisabled, toSnapshot } from "./status";
import { update } from "./update";

export const implementation: PlatformImplementation<FoundryInputs> = {
  rules,
  // A user may send 5,000 requests a minute, 30 at once (documented).
  poll: { shortestMs: 500, longestMs: 10_000 },
  // "A few minutes" by the documents, more for large images; no number is given.
  timeouts: { createSeconds: 30 * 60, updateSeconds: 30 * 60, deleteSeconds: 10 * 60 },
  removedPhases: ["gone", "stopped"],
  repairsDegraded: false,
  stableOutputs: ["endpoint"],
  notPriced: "its API tells no prices; it bills the compute of replicas that start or run",
  leavesBehind:
    "Foundry has no API to delete a live deployment: it is disabled, costs nothing, and is taken over when one is made for the same model and branch",
  floatingDetails: ["modelVersionRid"],
  requireCredentials: (settings) => void chooseCredentials(settings),
  baseUrl(settings) {
    const origin = settings.find("foundryHostname")?.origin ?? "foundryHostname";
    return normalizeBaseUrl(settings.require("foundryHostname"), `Palantir Foundry: ${origin}`);
  },
  authorization,
  usedCredentials: (settings) =>
    chooseCredentials(settings).kind === "token" ? ["foundryToken"] : ["foundryClientId", "foundryClientSecret"],
  canRefreshCredentials: (settings) => chooseCredentials(settings).kind === "client",
  describeError,
  connect,
};

function connect(http: HttpClient): Adapter<FoundryInputs> {
  return {
    create: (inputs, call) => create(http, inputs, call),
    async observe({ deploymentId }, _inputs, call) {
      try {
        return toSnapshot(await getDeployment(http, deploymentId, call.signal), http.baseUrl);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        return { phase: "gone", platformStatus: "", details: {} };
      }
    },
    update: (reference, change, call) => update(http, reference, change, call),
    delete: (reference, call) => remove(http, reference, call),
    find: (name, call) => findNamed(http, name, call),
    list: (models, call) => list(http, models, call),
    overview: { scopeOf: (inputs) => inputs?.modelRid, look: (modelRid, call) => overview(http, modelRid, call) },
    model: (modelRid, call) => readModel(http, modelRid, call),
  };
}

async function readModel(http: HttpClient, modelRid: string, call: Call): Promise<ModelFacts | undefined> {
  try {
    return { modelId: await getModel(http, modelRid, call.signal), details: {} };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Disabling is all that the API offers. What it answers for a disabled one is not documented. */
async function remove(http: HttpClient, reference: DeploymentReference, call: Call): Promise<DeploymentReference> {
  try {
    await disableDeployment(http, reference.deploymentId, call.signal);
  } catch (error) {
    if (isNotFound(error)) return reference;
    const mayBeDone = error instanceof PlatformError && !error.isAuthentication && !isTransient(error);
    const isDone = mayBeDone && isDisabled(await getDeployment(http, reference.deploymentId, call.signal));
    if (!isDone) throw error;
  }
  return reference;
}
