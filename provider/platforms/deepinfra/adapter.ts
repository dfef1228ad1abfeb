/** One DeepInfra account. */
import { isNotFound, mayHaveBeenAccepted, messageOf, PlatformError, ProviderError, UnclearError } from "../../errors";
import type { HttpClient } from "../../http/request";
import { normalizeBaseUrl } from "../../http/base-url";
import { joined } from "../../http/joined";
import { isEqual } from "../../inputs/differences";
import type { Adapter, Call, Change, DeploymentReference, PlatformImplementation } from "../../platform";
import * as api from "./api";
import type { DeepInfraInputs } from "./inputs";
import { list } from "./list";
import { overview } from "./overview";
import { isSameName, rules, scaleSettings } from "./rules";
import type { Deployment } from "./schema";
import { endpointOf, inputsOf, phaseOf, toListing, toOffer, toSnapshot } from "./status";

export const implementation: PlatformImplementation<DeepInfraInputs> = {
  rules,
  // Clients of the vendor and of others ask every 0.1 to 15 seconds; no limit is documented.
  poll: { shortestMs: 250, longestMs: 5_000 },
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

function connect(http: HttpClient): Adapter<DeepInfraInputs> {
  // It has no pages, and a row for each deployment that ever was.
  const listBefore = joined((signal) => api.listDeployments(http, signal));
  return {
    create: async (inputs, call) => create(http, inputs, await listBefore(call.signal), call),
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

/** After a look: the API knows no idempotency key, and a second deployment would be billed, too. */
async function create(
  http: HttpClient,
  inputs: DeepInfraInputs,
  before: readonly Deployment[],
  call: Call,
): Promise<DeploymentReference> {
  const standing = rowsNamed(before, inputs.modelName).filter(isAlive);
  if (standing.length > 0) throw alreadyExists(inputs.modelName, standing);
  await call.aboutToCreate();
  try {
    const deploymentId = await api.createLlm(http, inputs, call.signal);
    return { deploymentId, details: {} };
  } catch (error) {
    if (!mayHaveBeenAccepted(error)) throw error;
    return await lookForLost(http, inputs.modelName, before, error, call);
  }
}

/** After an answer that was lost: what stands there now and did not before is what was asked for. */
async function lookForLost(
  http: HttpClient,
  modelName: string,
  before: readonly Deployment[],
  error: unknown,
  call: Call,
): Promise<DeploymentReference> {
  const rows = await listAgain(http, modelName, error, call);
  const known = new Set(before.map(({ deploy_id }) => deploy_id));
  const found = rowsNamed(rows, modelName).filter((row) => !known.has(row.deploy_id) && phaseOf(row.status) !== "gone");
  const [deployment, ...others] = found;
  if (deployment === undefined) {
    throw new UnclearError(
      `${messageOf(error)}; no deployment named "${modelName}" exists now, but it may still appear; run \`pulumi up\` again, which looks for it before it makes one`,
      { cause: error },
    );
  }
  if (others.length > 0) {
    throw new ProviderError(
      `${messageOf(error)}; since then, ${listed(found)} appeared under the name "${modelName}" and may cost money; ${adoptOrRemove(found)}`,
      { cause: error },
    );
  }
  call.warn(`${messageOf(error)}; the deployment was made nevertheless: going on with ${listed(found)}`);
  return { deploymentId: deployment.deploy_id, details: {} };
}

async function listAgain(http: HttpClient, modelName: string, error: unknown, call: Call): Promise<Deployment[]> {
  try {
    return await api.listDeployments(http, call.signal);
  } catch (failure) {
    throw new UnclearError(
      `${messageOf(error)}; whether the deployment was made could not be found out (${messageOf(failure)}), so one named "${modelName}" may exist and cost money; run \`pulumi up\` again, which looks for it first, or look into DeepInfra's dashboard`,
      { cause: error },
    );
  }
}

/** `legacy` rows rent no GPU, and LoRA adapters are another kind; a row without a type may be ours. */
function rowsNamed(rows: readonly Deployment[], modelName: string): Deployment[] {
  return rows.filter(({ type, model_name }) => (type ?? "llm") === "llm" && isSameName(model_name ?? "", modelName));
}

/** Rows that failed or were deleted stay in the list and leave the name free. */
function isAlive({ status }: Deployment): boolean {
  return !["failed", "gone"].includes(phaseOf(status));
}

function alreadyExists(modelName: string, standing: readonly Deployment[]): ProviderError {
  return new ProviderError(
    `DeepInfra: a deployment named "${modelName}" exists already (${listed(standing)}), nothing was made; ${adoptOrRemove(standing)}, or choose another modelName`,
  );
}

function listed(rows: readonly Deployment[]): string {
  return rows
    .map(({ deploy_id, status, created_at }) => `${deploy_id}, ${status}${created_at ? `, made ${created_at}` : ""}`)
    .join("; ");
}

function adoptOrRemove(rows: readonly Deployment[]): string {
  const lines = rows.map(({ deploy_id }) => `adopt: "${deploy_id}"`).join(" or ");
  return `to take it over, add ${lines} to the resource's inputs; otherwise remove it in DeepInfra's dashboard`;
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
