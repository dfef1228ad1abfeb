/** All models that the cluster's nodes hold, or are loading. */
import type { HttpClient } from "../../http/request";
import type { Call, Listing } from "../../platform";
import { listNodes } from "./api";
import { deployedModels } from "./deployed-models";
import { plannedNodes } from "./model-state";
import type { Model } from "./schema";
import { toSnapshot } from "./status";

/**
 * A model that counts as failed is left out: no node holds it, but for the seconds in which two
 * deployments meet (measured).
 */
export async function list(http: HttpClient, call: Call): Promise<Listing[]> {
  const models = await deployedModels(http, call.signal);
  const names = models.size === 0 ? new Map<string, string>() : await nodeNames(http, call);
  return [...models].map(([modelId, model]) => toListing(modelId, model, names));
}

/** Reading the nodes needs a permission more than reading the models. */
function nodeNames(http: HttpClient, call: Call): Promise<Map<string, string>> {
  return listNodes(http, call.signal).catch(() => new Map<string, string>());
}

function toListing(modelId: string, model: Model, names: ReadonlyMap<string, string>): Listing {
  const { phase, platformStatus, replicas } = toSnapshot({ modelId, model });
  const [createdAt, hardware] = [deployedAt(model, phase === "pending"), hardwareOf(model, names)];
  return {
    reference: { deploymentId: modelId, details: {} },
    name: model.name ?? "",
    phase,
    platformStatus,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(replicas === undefined ? {} : { replicas }),
    ...(hardware === undefined ? {} : { hardware }),
  };
}

/** A deployment under way was written to the document when it began; the time of the last one's end is older. */
function deployedAt(model: Model, isDeploying: boolean): Date | undefined {
  const time = isDeploying ? model.last_updated_time : model.last_deployed_time;
  return typeof time === "number" ? new Date(time) : undefined;
}

function hardwareOf(model: Model, names: ReadonlyMap<string, string>): string | undefined {
  const nodes = plannedNodes(model);
  if (nodes.length === 0) return undefined;
  const shown = nodes.map((id) => names.get(id) || id).sort();
  return `${nodes.length} ${nodes.length === 1 ? "node" : "nodes"}: ${shown.join(", ")}`;
}
