/** The error of a deploy task, as a sentence. */
import { jsonOf, shorten } from "../../http/error-text";

/** What is known about some of the errors that were measured or read in the plugin's source (3.4). */
const advice: readonly (readonly [text: string, advice: string])[] = [
  ["exceed max running task limit", "raise plugins.ml_commons.max_deploy_model_tasks_per_node, or deploy again later"],
  ["Exceed max local model per node limit", "undeploy a model, or raise plugins.ml_commons.max_model_on_node"],
  ["Circuit Breaker is open", "free memory or disk on the node, or raise the threshold of the breaker"],
  ["Fetching master key timed out", "this passes: deploy again"],
  [
    "publish.djl.ai",
    "at the first deployment of a local model a node downloads its native libraries: let it, or install them",
  ],
  ["model content changed", "register the model again"],
];

/** Another deployment of the same model was running; it goes on, and this task's failure says nothing about it (measured). */
export function isDuplicate(error: string | null | undefined): boolean {
  return typeof error === "string" && error.includes("Duplicate deploy model task");
}

/** `exceed max running task limit (node a, b); raise …`: nodes with the same error are named together. */
export function describeTaskError(error: string | null | undefined): string | undefined {
  if (typeof error !== "string" || error.trim() === "") return undefined;
  const nodesByText = groupByText(error);
  const texts = [...nodesByText].map(([text, nodes]) =>
    nodes.length === 0 ? text : `${text} (node ${nodes.join(", ")})`,
  );
  const known = advice.find(([text]) => error.includes(text));
  return shorten(texts.join("; ")) + (known === undefined ? "" : `; ${known[1]}`);
}

/** The error is JSON in a string, by node, or plain text when the transport failed. */
function groupByText(error: string): Map<string, string[]> {
  const byNode = jsonOf(error);
  if (typeof byNode !== "object" || byNode === null || Array.isArray(byNode)) return new Map([[error, []]]);
  const groups = new Map<string, string[]>();
  for (const [node, value] of Object.entries(byNode)) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    groups.set(text, [...(groups.get(text) ?? []), node]);
  }
  return groups.size === 0 ? new Map([[error, []]]) : groups;
}
