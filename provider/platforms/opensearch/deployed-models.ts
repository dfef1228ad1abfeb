/** The documents of all models that nodes hold or are loading, by the models' ids. */
import type { HttpClient } from "../../http/request";
import { searchModels } from "./api";
import { deployedWords } from "./model-state";
import type { Model } from "./schema";

const pageSize = 500;

/** By id, since a model that is written to between two pages may stand on both. */
export async function deployedModels(http: HttpClient, signal: AbortSignal): Promise<Map<string, Model>> {
  const models = new Map<string, Model>();
  for (let from = 0; ; from += pageSize) {
    const page = await searchModels(http, deployedWords, { from, size: pageSize }, signal);
    for (const { modelId, model } of page) models.set(modelId, model);
    if (page.length < pageSize) return models;
  }
}
