/** OpenSearch's errors in our terms. What happened is told by `root_cause[0].type`, not by the status. */
import type { PlatformErrorKind, PlatformErrorText } from "../../errors";
import { firstText, jsonOf, memberOf, shorten } from "../../http/error-text";

/** While shards recover after a start, all reads fail so although everything is there (measured: up to 11 s). */
const recoveringTypes = new Set([
  "no_shard_available_action_exception",
  "illegal_index_shard_state_exception",
  "node_not_connected_exception",
  "cluster_block_exception",
]);

/** A 500 of these types is a refusal in disguise: it would be the same at the next try (measured, source). */
const refusingTypes = new Set(["illegal_state_exception", "illegal_argument_exception", "security_exception"]);

const adviceByText: readonly (readonly [text: string, advice: string])[] = [
  [
    "Don't allow custom deployment plan",
    "set the cluster's plugins.ml_commons.allow_custom_deployment_plan to true, or leave out nodeIds",
  ],
  [
    "no eligible node found",
    "a local model needs a node with the role ml, unless plugins.ml_commons.only_run_on_ml_node is false, and a remote one the role data or ml; none that plugins.ml_commons.exclude_nodes names counts",
  ],
  ["Model already deployed to these nodes", "add these nodes to nodeIds, or undeploy the model there"],
  ["doesn't have privilege to perform this operation on this model", "the user needs access to the model's group"],
  ["No permission to undeploy model", "the user needs access to the model's group"],
  [
    "no permissions for [cluster:monitor",
    "nodeIds needs a role with the permission cluster_monitor, as ml_full_access has",
  ],
  ["no permissions for [", "the user needs the role ml_full_access, or one with this permission"],
  ["no handler found for uri", "check opensearchUrl: what answers there has no ML Commons plugin, or an old one"],
];

export function describeError(status: number, body: string): PlatformErrorText {
  const json = jsonOf(body);
  const error = memberOf(json, "error");
  const cause = rootCause(error);
  const code = firstText(memberOf(cause, "type"), memberOf(error, "type"));
  // `error` is an object, a text for routes that do not exist, or the body is no JSON at all (measured).
  const text = shorten(firstText(memberOf(cause, "reason"), memberOf(error, "reason"), error) ?? body);
  const kind = kindOf(status, code);
  const advice = adviceFor(status, text, code);
  return {
    text,
    ...(code === undefined ? {} : { code }),
    ...(kind === undefined ? {} : { kind }),
    ...(advice === undefined ? {} : { advice }),
  };
}

function rootCause(error: unknown): unknown {
  const causes = memberOf(error, "root_cause");
  return Array.isArray(causes) ? causes[0] : undefined;
}

function kindOf(status: number, code: string | undefined): PlatformErrorKind | undefined {
  if (code === "index_not_found_exception") return "not-found";
  // A 404 of a proxy, or of another server, says nothing about the model.
  if (status === 404) return code === undefined ? "refused" : "not-found";
  if (code === "version_conflict_engine_exception") return "transient";
  if (status < 500 || code === undefined) return undefined;
  if (recoveringTypes.has(code)) return "transient";
  return status === 500 && refusingTypes.has(code) ? "refused" : undefined;
}

function adviceFor(status: number, text: string, code: string | undefined): string | undefined {
  const known = adviceByText.find(([part]) => text.includes(part));
  if (known !== undefined) return known[1];
  if (status === 404 && code === undefined) return "check opensearchUrl: what answers there is not OpenSearch";
  return undefined;
}
