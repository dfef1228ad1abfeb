/** Registered models: those that are there from the start, and those that a request makes. */
import { type Cluster, newId } from "./cluster";
import type { Model } from "./documents";

/** A model that exists, by its id. */
export function findModel(cluster: Cluster, id: string): Model | undefined {
  registerListed(cluster);
  if (cluster.world.options().anyModel) registerListedModel(cluster, id, "REMOTE");
  const model = cluster.models.get(id);
  return model?.deletedAtMs === undefined ? model : undefined;
}

export function existingModels(cluster: Cluster): Model[] {
  registerListed(cluster);
  return [...cluster.models.values()].filter(({ deletedAtMs }) => deletedAtMs === undefined);
}

/** The index is made with the first model, and stays. */
export function hasModelIndex(cluster: Cluster): boolean {
  registerListed(cluster);
  return cluster.models.size > 0;
}

export interface Registration {
  id: string;
  name: string;
  algorithm: string;
  configuration: Record<string, unknown>;
  content?: Record<string, unknown>;
  groupId?: string;
}

/** Without a group, a group of the model's name is made; models of one group count up their versions (measured). */
export function registerModel(cluster: Cluster, registration: Registration): Model {
  const { id, name, algorithm, configuration, content = {} } = registration;
  const group = cluster.modelGroups.get(name) ?? { id: registration.groupId ?? newId(cluster), versions: 0 };
  group.versions++;
  cluster.modelGroups.set(name, group);
  const now = cluster.schedule.now();
  const model: Model = {
    ...{ id, name, algorithm, configuration, content },
    groupId: group.id,
    version: String(group.versions),
    state: "REGISTERED",
    planningNodes: [],
    deployToAllNodes: false,
    ...{ createdAtMs: now, updatedAtMs: now },
    wasPut: false,
    documentVersion: 1,
    sequenceNumber: ++cluster.sequenceNumber,
    starts: 0,
  };
  cluster.models.set(id, model);
  return model;
}

function registerListed(cluster: Cluster): void {
  const { models, localModels } = cluster.world.options();
  for (const id of models) registerListedModel(cluster, id, "REMOTE");
  for (const id of localModels) registerListedModel(cluster, id, "TEXT_EMBEDDING");
}

function registerListedModel(cluster: Cluster, id: string, algorithm: string): void {
  if (cluster.models.has(id)) return;
  const isRemote = algorithm === "REMOTE";
  registerModel(cluster, {
    id,
    name: id,
    algorithm,
    configuration: isRemote ? { connector_id: listedConnector } : {},
    content: isRemote ? {} : localContent,
  });
}

export const listedConnector = "SimulatedConnector01";

/** As of a small model that was measured. */
const localContent = {
  model_format: "ONNX",
  model_content_size_in_bytes: 532_693,
  model_content_hash_value: "3f1175e62e63e36fc5a5a4557261bb19cfb72c23a488401c336eb29b07fe7237",
  model_config: {
    model_type: "roberta",
    embedding_dimension: 64,
    framework_type: "SENTENCE_TRANSFORMERS",
    pooling_mode: "MEAN",
  },
  total_chunks: 1,
};
