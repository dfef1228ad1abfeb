/** Node ids, which must have been read from the cluster before they are sent. */
import { ProviderError } from "../../errors";
import type { HttpClient } from "../../http/request";
import type { Call } from "../../platform";
import { getProfile, listNodes } from "./api";
import { isServing, nodesHolding, plannedNodes, stateOf, without } from "./model-state";
import type { Model } from "./schema";

/** Longer lists would hide the rest of the error. */
const shownNodes = 20;

/**
 * The ids of all nodes. The server drops an unknown id of a `_deploy` in silence, and an `_undeploy`
 * with unknown ids marks a model as undeployed that goes on serving (both measured).
 *
 * @throws ProviderError when a wanted node is not among them.
 */
export async function requireKnownNodes(http: HttpClient, wanted: readonly string[], call: Call): Promise<string[]> {
  const names = await listNodes(http, call.signal);
  const known = [...names.keys()];
  const unknown = without(wanted, known);
  if (unknown.length === 0) return known;
  const shown = [...names].slice(0, shownNodes).map(([id, name]) => (name === "" ? id : `${id} (${name})`));
  const more = known.length > shownNodes ? `, and ${known.length - shownNodes} more` : "";
  throw new ProviderError(
    `OpenSearch: nodeIds names ${unknown.join(", ")}, and the cluster has no such node; its nodes are ${shown.join(", ")}${more}`,
  );
}

/** The nodes that hold the model now, and that are still in the cluster. */
export async function runningNodes(
  http: HttpClient,
  modelId: string,
  model: Model,
  known: readonly string[],
  call: Call,
): Promise<string[]> {
  if (isServing(model)) return plannedNodes(model).filter((node) => known.includes(node));
  // A failure that is none, see status.ts: the document does not tell where the model runs.
  if (stateOf(model) !== "DEPLOY_FAILED") return [];
  const profile = await getProfile(http, modelId, call.signal);
  return nodesHolding(profile, modelId, ["DEPLOYED"]).filter((node) => known.includes(node));
}
