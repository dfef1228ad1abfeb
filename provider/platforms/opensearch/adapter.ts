/** OpenSearch ML Commons: `_deploy` and `_undeploy` of a registered model. */
import { normalizeBaseUrl } from "../../http/base-url";
import type { HttpClient } from "../../http/request";
import { path } from "../../http/path";
import { isNotFound } from "../../errors";
import type { Adapter, Call, DeploymentReference, PlatformImplementation, Snapshot } from "../../platform";
import { getModel, getProfile, getTask, undeployModel } from "./api";
import { create } from "./create";
import { authorization, requireCredentials } from "./credentials";
import { describeError } from "./errors";
import type { OpenSearchInputs } from "./inputs";
import { list } from "./list";
import { stateOf } from "./model-state";
import { rules } from "./rules";
import type { Model, Profile, Task } from "./schema";
import { toSnapshot } from "./status";
import { update } from "./update";

export const implementation: PlatformImplementation<OpenSearchInputs> = {
  rules,
  // A remote model is deployed in 0.1 s, a local one of 245 MB in 4 to 5 s (measured).
  poll: { shortestMs: 100, longestMs: 3_000 },
  // The cluster gives up a task after 600 s (source); a large model is loaded by one node after the other.
  timeouts: { createSeconds: 1_200, updateSeconds: 1_200, deleteSeconds: 300 },
  removedPhases: ["gone", "stopped"],
  repairsDegraded: true,
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
  };
}

async function observe(
  http: HttpClient,
  reference: DeploymentReference,
  inputs: OpenSearchInputs | undefined,
  call: Call,
): Promise<Snapshot<OpenSearchInputs>> {
  const { deploymentId: modelId, details } = reference;
  const removing = details["removing"] === true;
  const taskId = typeof details["taskId"] === "string" && !removing ? details["taskId"] : undefined;
  const task = taskId === undefined ? undefined : await readTask(http, taskId, call);
  const model = await readModel(http, modelId, call);
  if (model === undefined) return { phase: "gone", platformStatus: "", details: {} };
  const profile = await readProfileInDoubt(http, modelId, model, call);
  return {
    ...toSnapshot({ modelId, model, task, profile, inputs, removing }),
    endpoint: http.baseUrl + path`/_plugins/_ml/models/${modelId}/_predict`,
    details: detailsOf(model, taskId),
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

/** Tasks are cleared away in time; the model then tells alone. */
async function readTask(http: HttpClient, taskId: string, call: Call): Promise<Task | undefined> {
  try {
    return await getTask(http, taskId, call.signal);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function readModel(http: HttpClient, modelId: string, call: Call): Promise<Model | undefined> {
  try {
    return await getModel(http, modelId, call.signal);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function readProfileInDoubt(
  http: HttpClient,
  modelId: string,
  model: Model,
  call: Call,
): Promise<Profile | undefined> {
  return stateOf(model) === "DEPLOY_FAILED" ? getProfile(http, modelId, call.signal) : undefined;
}

function detailsOf(model: Model, taskId: string | undefined): Record<string, unknown> {
  const { name: modelName, algorithm, model_version: modelVersion } = model;
  const facts = Object.entries({ taskId, modelName, algorithm, modelVersion });
  return Object.fromEntries(facts.filter(([, fact]) => fact !== undefined && fact !== null));
}
