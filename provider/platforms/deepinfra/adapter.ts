/** One DeepInfra account. */
import type { Settings } from "../../connection/settings";
import { sharesReads } from "../../connection/shared-reads";
import { isNotFound, PlatformError } from "../../errors";
import type { HttpClient } from "../../http/request";
import { normalizeBaseUrl } from "../../http/base-url";
import { isEqual } from "../../inputs/differences";
import type { Adapter, Call, Change, DeploymentReference, PlatformImplementation } from "../../platform";
import { createAccountRows } from "./account-rows";
import * as api from "./api";
import { create, rowsNamed } from "./create";
import type { DeepInfraInputs } from "./inputs";
import { list } from "./list";
import { overview } from "./overview";
import { rules, scaleSettings } from "./rules";
import { acceptedSnapshot, endpointOf, inputsOf, phaseOf, toListing, toOffer, toSnapshot } from "./status";

export const implementation: PlatformImplementation<DeepInfraInputs> = {
  rules,
  // Clients of the vendor and of others ask every 0.1 to 15 seconds; no limit is documented.
  poll: { shortestMs: 250, longestMs: 5_000 },
  // No limit of these calls is documented; a 429 would hold back the whole account.
  requestsPerSecond: 100,
  // Others wait 20 to 30 minutes for a model to be loaded.
  timeouts: { createSeconds: 30 * 60, updateSeconds: 30 * 60, deleteSeconds: 5 * 60 },
  // Whether the row of a failed deployment turns into `deleted` is not documented; nothing of it runs.
  removedPhases: ["gone", "failed"],
  repairsDegraded: false,
  stableOutputs: ["endpoint", "model"],
  foreseen: (_inputs, baseUrl) => ({ endpoint: endpointOf(baseUrl) }),
  // "4 GPUs per user maximum" (documented); support raises it.
  documentedGpuLimit: 4,
  // Neither is echoed; a token might be, and is not read.
  untold: ["baseModel", "extraArgs", "hf.token"],
  requireCredentials: (settings) => void settings.require("deepinfraApiKey"),
  baseUrl(settings) {
    const origin = settings.find("deepinfraUrl")?.origin ?? "deepinfraUrl";
    return normalizeBaseUrl(settings.require("deepinfraUrl"), `DeepInfra: ${origin}`);
  },
  authorization:
    ({ settings }) =>
    () =>
      Promise.resolve({ authorization: `Bearer ${settings.require("deepinfraApiKey")}` }),
  canRefreshCredentials: () => false,
  describeError: api.describeError,
  connect,
};

function connect(http: HttpClient, settings: Settings): Adapter<DeepInfraInputs> {
  const accountRows = createAccountRows(http, sharesReads(settings));
  return {
    create: (inputs, call) => create(http, accountRows, inputs, call),
    accepted: ({ deploymentId }) => acceptedSnapshot(deploymentId, http.baseUrl),
    async observe({ deploymentId }, inputs, call) {
      try {
        return toSnapshot(await api.getDeployment(http, deploymentId, call.signal), http.baseUrl, inputs);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        return { phase: "gone", platformStatus: "", details: {} };
      }
    },
    describe: async ({ deploymentId }, call) => inputsOf(await api.getDeployment(http, deploymentId, call.signal)),
    update: (reference, change, call) => update(http, reference, change, call),
    async delete(reference, call) {
      try {
        await api.deleteDeployment(http, reference.deploymentId, call.signal);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
      return reference;
    },
    find: async (name, call) => rowsNamed(await api.listDeployments(http, call.signal), name).map(toListing),
    list: (_models, call) => list(http, call),
    overview: { scopeOf: () => "account", look: (_scope, call) => overview(http, call) },
    gpuLimits: (call) => api.getGpuLimits(http, call.signal),
    offers: async (call) => (await api.listPrices(http, call.signal)).flatMap(toOffer),
  };
}

async function update(
  http: HttpClient,
  reference: DeploymentReference,
  { from, to, live }: Change<DeepInfraInputs>,
  call: Call,
): Promise<DeploymentReference> {
  const { deploymentId } = reference;
  const current = live.configuration?.settings ?? scaleSettings(from);
  const scales = !isEqual(current, scaleSettings(to));
  if (scales || live.phase === "stopped") call.noteChange();
  if (live.phase === "stopped") {
    await start(http, deploymentId, call);
    // "Once a deployment is running, its scaling parameters can be updated" (documented).
    if (scales) await call.waitUntil(reference, ["ready"]);
  }
  if (scales) await api.scaleDeployment(http, deploymentId, to, call.signal);
  return reference;
}

/** A start whose answer was lost is asked for again, and is refused for a deployment that has started meanwhile. */
async function start(http: HttpClient, deploymentId: string, call: Call): Promise<void> {
  try {
    await api.startDeployment(http, deploymentId, call.signal);
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== "refused" || error.isAuthentication) throw error;
    const { status } = await api.getDeployment(http, deploymentId, call.signal);
    if (!["pending", "ready"].includes(phaseOf(status))) throw error;
  }
}
