/** The rules of the block `opensearch`. */
import { problemsOf } from "../../inputs/schema-check";
import type { InputRules } from "../../platform";
import type { OpenSearchInputs } from "./inputs";
import { openSearchBlock } from "./schema";

export const rules: InputRules<OpenSearchInputs> = {
  check: (inputs) => ({ problems: problemsOf(openSearchBlock, inputs), warnings: [] }),
  canonical,
  effectOf: (path) => (path === "modelId" ? "replace" : "update"),
  identity: ({ modelId }) => modelId,
  wantsRunning: () => true,
};

/** The nodes are a set, and no nodes mean all nodes, as for the API (measured). */
function canonical({ modelId, nodeIds }: OpenSearchInputs): Record<string, unknown> {
  // At preview the whole list may still be unknown.
  if (!Array.isArray(nodeIds)) return nodeIds === undefined ? { modelId } : { modelId, nodeIds };
  return nodeIds.length === 0 ? { modelId } : { modelId, nodeIds: [...new Set(nodeIds)].sort() };
}
