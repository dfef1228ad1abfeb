/** What the cluster tells of a registered model, deployed or not. */
import { isNotFound } from "../../errors";
import type { HttpClient } from "../../http/request";
import type { Call, ModelFacts } from "../../platform";
import { getModel } from "./api";
import type { Model } from "./schema";

/** Undefined for a model that is not there, or may not be seen. */
export async function modelFacts(http: HttpClient, modelId: string, call: Call): Promise<ModelFacts | undefined> {
  try {
    return factsOf(modelId, await getModel(http, modelId, call.signal));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function factsOf(modelId: string, model: Model): ModelFacts {
  const { name, model_state: platformStatus, algorithm, model_version: modelVersion } = model;
  return {
    modelId,
    ...(name ? { name } : {}),
    ...(platformStatus ? { platformStatus } : {}),
    details: { ...(algorithm ? { algorithm } : {}), ...(modelVersion ? { modelVersion } : {}) },
  };
}
