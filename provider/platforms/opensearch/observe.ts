/** Looks at one model, or at all that are deployed. */
import { isNotFound } from "../../errors";
import { path } from "../../http/path";
import type { HttpClient } from "../../http/request";
import { isUnknown } from "../../inputs/unknown";
import type { Call, DeploymentReference, Overview, Snapshot } from "../../platform";
import { getModel, getProfile, getTask } from "./api";
import { deployedModels } from "./deployed-models";
import type { OpenSearchInputs } from "./inputs";
import { stateOf } from "./model-state";
import type { Model, Profile, Task } from "./schema";
import { toSnapshot } from "./status";
import type { Seen } from "./status";

export async function observe(
  http: HttpClient,
  reference: DeploymentReference,
  inputs: OpenSearchInputs | undefined,
  call: Call,
): Promise<Snapshot<OpenSearchInputs>> {
  const { deploymentId: modelId } = reference;
  const removing = isRemoving(reference);
  const taskId = taskOf(reference);
  const task = taskId === undefined ? undefined : await readTask(http, taskId, call);
  const model = await readModel(http, modelId, call);
  if (model === undefined) return { phase: "gone", platformStatus: "", details: {} };
  const profile = await readProfileInDoubt(http, modelId, model, call);
  return wholeSnapshot(http, { modelId, model, task, profile, inputs, removing }, taskId);
}

/** By one search. Tasks and profiles, which tell why a deployment is not well, are not read. */
export async function overview(http: HttpClient, call: Call): Promise<Overview<OpenSearchInputs>> {
  const models = await deployedModels(http, call.signal);
  return {
    of(reference, inputs) {
      const modelId = reference.deploymentId;
      const model = models.get(modelId);
      if (model === undefined || isRemoving(reference)) return undefined;
      return wholeSnapshot(http, { modelId, model, inputs }, taskOf(reference));
    },
  };
}

/** Not known where the model is not. */
export function endpointOf(baseUrl: string, modelId: string): string {
  return isUnknown(modelId) ? modelId : baseUrl + path`/_plugins/_ml/models/${modelId}/_predict`;
}

function isRemoving({ details }: DeploymentReference): boolean {
  return details["removing"] === true;
}

/** The deploy task of ours, where it says anything about what is there. */
function taskOf(reference: DeploymentReference): string | undefined {
  const { taskId } = reference.details;
  return typeof taskId === "string" && !isRemoving(reference) ? taskId : undefined;
}

function wholeSnapshot(http: HttpClient, seen: Seen, taskId: string | undefined): Snapshot<OpenSearchInputs> {
  return {
    ...toSnapshot(seen),
    endpoint: endpointOf(http.baseUrl, seen.modelId),
    details: detailsOf(seen.model, taskId),
  };
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
