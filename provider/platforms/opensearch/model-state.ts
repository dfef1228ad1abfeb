/** Reads the model's document. Pure. */
import type { OpenSearchInputs } from "./inputs";
import type { Model, Profile } from "./schema";

/** Words up to 2.6 that the plugin still parses (source), beside those that it writes now. */
const formerWords = new Map([
  ["UPLOADING", "REGISTERING"],
  ["UPLOADED", "REGISTERED"],
  ["LOADING", "DEPLOYING"],
  ["LOADED", "DEPLOYED"],
  ["PARTIALLY_LOADED", "PARTIALLY_DEPLOYED"],
  ["UNLOADED", "UNDEPLOYED"],
  ["LOAD_FAILED", "DEPLOY_FAILED"],
]);

/** The states of models that nodes hold or are loading, in the words of all versions. */
export const deployedWords: readonly string[] = [
  "DEPLOYED",
  "PARTIALLY_DEPLOYED",
  "DEPLOYING",
  "LOADED",
  "PARTIALLY_LOADED",
  "LOADING",
];

/** The state in today's words; empty when the document has none. */
export function stateOf(model: Model): string {
  const word = model.model_state ?? "";
  return formerWords.get(word) ?? word;
}

/** Some node serves it. */
export function isServing(model: Model): boolean {
  return stateOf(model) === "DEPLOYED" || stateOf(model) === "PARTIALLY_DEPLOYED";
}

/** The nodes that the program names, or undefined for all. */
export function wantedNodes(inputs: OpenSearchInputs | undefined): string[] | undefined {
  const nodeIds = inputs?.nodeIds;
  return nodeIds === undefined || nodeIds.length === 0 ? undefined : [...new Set(nodeIds)];
}

/** The nodes of the deployment's plan, sorted, since their order in the document is not stable (measured). */
export function plannedNodes(model: Model): string[] {
  return [...(model.planning_worker_nodes ?? [])].sort();
}

/** Follows the cluster: nodes that leave or join change the plan by themselves (measured). */
export function isOnAllNodes(model: Model): boolean {
  return model.deploy_to_all_nodes === true;
}

/** Whether the deployment's plan is what the program wants. */
export function planFits(model: Model, wanted: readonly string[] | undefined): boolean {
  if (wanted === undefined) return isOnAllNodes(model);
  return (
    !isOnAllNodes(model) &&
    without(wanted, plannedNodes(model)).length + without(plannedNodes(model), wanted).length === 0
  );
}

/** The nodes that hold the model in one of the states, by the nodes' own account. */
export function nodesHolding(profile: Profile | undefined, modelId: string, states: readonly string[]): string[] {
  return Object.entries(profile?.nodes ?? {})
    .filter(([, { models }]) => states.includes(models?.[modelId]?.model_state ?? ""))
    .map(([node]) => node)
    .sort();
}

/** The items that are not among the others. */
export function without(items: readonly string[], others: readonly string[]): string[] {
  return items.filter((item) => !others.includes(item));
}
