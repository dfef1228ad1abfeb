/** Deployments of this process that run until the new one is ready: a preview of the new one is not told of them. */
import type { DiffResult } from "../provider/lifecycle/diff";
import type { Properties } from "../provider/resources/resource-kind";

const overlapping = new Map<string, Properties>();

/** The engine asks for the difference before it previews what follows from it. */
export function noteReplacement(urn: string, state: Properties, { replaces, deleteBeforeReplace }: DiffResult): void {
  if (replaces.length > 0 && !deleteBeforeReplace) overlapping.set(urn, state);
  else overlapping.delete(urn);
}

/** The state of the deployment that a new one replaces while it still runs. */
export function replacementOf(urn: string): Properties | undefined {
  return overlapping.get(urn);
}
