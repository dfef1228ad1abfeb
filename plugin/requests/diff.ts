import { diffInputs, topLevel } from "../../host/host-call";
import type { DiffResult, PropertyDifference } from "../../provider/lifecycle/diff";
import { account } from "../account";
import { resourceOf } from "../resources";
import { messages } from "../protocol";
import type { DiffRequest, DiffResponse } from "../protocol";
import { noteReplacement } from "../replacements";
import { detailedDiff } from "../wire/detailed-diff";
import { fromWire } from "../wire/properties";

export async function diff(request: DiffRequest): Promise<DiffResponse> {
  const urn = request.getUrn();
  const resource = resourceOf(urn);
  const [state, inputs] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const found = await diffInputs({ resource, connections: account(), urn }, request.getId(), state, inputs);
  noteReplacement(urn, state, found);
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse()
    .setChanges(found.changes ? DIFF_SOME : DIFF_NONE)
    .setReplacesList(topLevel(found.replaces))
    .setDeletebeforereplace(found.deleteBeforeReplace)
    .setDiffsList(changedNames(found.properties))
    .setStablesList(found.replaces.length > 0 ? [] : resource.stableOutputs(state))
    .setHasdetaileddiff(isDetailed(found));
  if (isDetailed(found)) {
    for (const [path, change] of detailedDiff(found)) response.getDetaileddiffMap().set(path, change);
  }
  return response;
}

/** Whole properties, and the paths below them. */
function changedNames(properties: readonly PropertyDifference[]): string[] {
  return [...new Set(properties.flatMap(({ path }) => [path.split(".")[0] ?? path, path]))];
}

/** A block that is not known yet, or is another platform's, has no parts to tell: the engine compares them itself. */
function isDetailed({ changes, properties, repair }: DiffResult): boolean {
  return !changes || properties.length > 0 || repair !== "none";
}
