/** One Kore.ai account. */
import type { Settings } from "../../connection/settings";
import { ConfigurationError, isNotFound, mayHaveBeenAccepted, messageOf, PlatformError } from "../../errors";
import { normalizeBaseUrl } from "../../http/base-url";
import type { HttpClient } from "../../http/request";
import { isEqual } from "../../inputs/differences";
import type { Adapter, Call, Change, DeploymentReference, PlatformImplementation, Snapshot } from "../../platform";
import * as api from "./api";
import type { KoreInputs } from "./inputs";
import { rules } from "./rules";
import type { Job } from "./schema";
import { isFinal, lastJobOf, phaseOf, reasonIn, snapshotOfJob, snapshotWithoutJob } from "./status";
import type { Action, LastJob } from "./status";

export const implementation: PlatformImplementation<KoreInputs> = {
  rules,
  // A sister product allows 60 looks at a job in a minute and 1,800 in an hour; for this API no limit is documented.
  poll: { shortestMs: 5_000, longestMs: 15_000 },
  // How long a deployment takes is documented nowhere.
  timeouts: { createSeconds: 60 * 60, updateSeconds: 60 * 60, deleteSeconds: 15 * 60 },
  removedPhases: ["gone", "stopped"],
  repairsDegraded: false,
  // The address is the program's own input.
  stableOutputs: [],
  foreseen: ({ modelId, endpoint }) => ({ deploymentId: modelId, endpoint }),
  beforeCreate: "Kore.ai: a model's first deployment must be made in Kore's console; its API takes the later ones",
  leavesBehind:
    "Kore.ai keeps the model itself: its API undeploys a model and cannot delete it; delete it in Kore's console when it is no longer needed",
  untold: ["hyperParameters.stopSequence", "scalingParameters", "optimizationInfo", "endpoint"],
  notPriced: "its API tells no prices",
  notListed: "its API does not tell what is deployed; look into its console",
  cannotTell:
    "Kore.ai's API tells neither what a model does now nor how it is configured, only that its last job ended well; Kore's console shows it",
  requireCredentials(settings) {
    settings.require("koreHost");
    settings.require("koreApiKey");
    dialectOf(settings);
  },
  baseUrl: (settings) =>
    normalizeBaseUrl(settings.require("koreHost"), `Kore.ai: ${settings.find("koreHost")?.origin ?? "koreHost"}`),
  authorization:
    ({ settings }) =>
    () =>
      Promise.resolve({ "x-api-key": settings.require("koreApiKey") }),
  canRefreshCredentials: () => false,
  describeError: api.describeError,
  connect: (http, settings) => connect(http, dialectOf(settings)),
};

function dialectOf(settings: Settings): api.Dialect {
  const { value, origin } = settings.find("koreDialect") ?? { value: "ai-for-process", origin: "the default" };
  if (api.isDialect(value)) return value;
  throw new ConfigurationError(`Kore.ai: koreDialect must be "ai-for-process" or "gale"; see ${origin}`);
}

function connect(http: HttpClient, dialect: api.Dialect): Adapter<KoreInputs> {
  return {
    // No look before it: Kore has no endpoint that tells whether a model is deployed.
    async create(inputs, call) {
      await call.aboutToCreate();
      return deploy(http, dialect, inputs, inputs.isDeployedPreviously ?? true, call);
    },
    observe: (reference, inputs, call) => observe(http, reference, inputs, call),
    update: (reference, change, call) =>
      isDue(change) ? deploy(http, dialect, change.to, true, call) : Promise.resolve(reference),
    delete: ({ deploymentId }, call) => undeploy(http, deploymentId, call),
  };
}

async function observe(
  http: HttpClient,
  { deploymentId, details }: DeploymentReference,
  inputs: KoreInputs | undefined,
  call: Call,
): Promise<Snapshot<KoreInputs>> {
  const last = lastJobOf(details);
  if (last.dockStatusId === undefined) return snapshotWithoutJob(deploymentId, last, inputs);
  try {
    const job = await api.getDockStatus(http, last.dockStatusId, call.signal);
    return snapshotOfJob(deploymentId, last, job, inputs);
  } catch (error) {
    // A job that is gone says nothing of the model.
    if (isNotFound(error)) return snapshotWithoutJob(deploymentId, last, inputs);
    throw error;
  }
}

/** A redeployment is how Kore changes anything, and how it is made certain that a model runs. */
function isDue({ from, to, live }: Change<KoreInputs>): boolean {
  if (["failed", "stopped", "unknown"].includes(live.phase)) return true;
  return !isEqual(api.deployBody(from), api.deployBody(to));
}

/** Sent once. An answer that is lost leaves a deployment that may exist: it is kept, and said. */
async function deploy(
  http: HttpClient,
  dialect: api.Dialect,
  inputs: KoreInputs,
  isDeployedPreviously: boolean,
  call: Call,
): Promise<DeploymentReference> {
  call.noteChange();
  try {
    const job = await api.deployModel(http, inputs, isDeployedPreviously, dialect, call.signal);
    if (job.id === undefined && !isFinal(job.status)) return deployedUnseen(inputs, withoutId(job), call);
    return reference(inputs.modelId, lastJobFrom("DEPLOY", job));
  } catch (error) {
    if (!mayHaveBeenAccepted(error)) throw error;
    return deployedUnseen(inputs, messageOf(error), call);
  }
}

function deployedUnseen({ modelId }: KoreInputs, why: string, call: Call): DeploymentReference {
  call.warn(
    `${why}; Kore.ai may be deploying ${modelId} nevertheless, and cannot be asked: look into its console, or run \`pulumi up\` again, which sends the deployment again`,
  );
  return reference(modelId, { action: "DEPLOY", deployAnswerLost: true });
}

/** The names of what was there instead; never the values. */
function withoutId({ body }: Job): string {
  const keys = Object.keys(body).join(", ");
  return `Kore.ai took the deployment and told no id of its job (the answer has ${keys === "" ? "nothing" : `the members ${keys}`})`;
}

async function undeploy(http: HttpClient, modelId: string, call: Call): Promise<DeploymentReference> {
  try {
    return reference(modelId, lastJobFrom("UNDEPLOY", await api.undeployModel(http, modelId, call.signal)));
  } catch (error) {
    if (isNotFound(error)) return reference(modelId, { action: "UNDEPLOY", found: "no model" });
    if (saysNotDeployed(error)) return reference(modelId, { action: "UNDEPLOY", found: "no deployment" });
    throw error;
  }
}

/** What Kore answers then is documented nowhere; an answer in any other words stays an error. */
function saysNotDeployed(error: unknown): boolean {
  if (!(error instanceof PlatformError) || error.kind !== "refused" || error.isAuthentication) return false;
  return /\bnot\b[^.;]{0,20}\bdeployed\b|\balready\b[^.;]{0,20}\bundeployed\b/i.test(error.text);
}

function lastJobFrom(action: Action, job: Job): LastJob {
  if (job.id !== undefined) return { action, dockStatusId: job.id, status: job.status };
  const failed = phaseOf(action, job.status) === "failed";
  return { action, status: job.status, ...(failed ? { reason: reasonIn(job) } : {}) };
}

function reference(deploymentId: string, last: LastJob): DeploymentReference {
  return { deploymentId, details: { ...last } };
}
