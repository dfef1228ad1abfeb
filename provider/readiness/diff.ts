/** Whether there is anything to wait for again. Pure, and never a replacement: a wait has nothing of its own. */
import { isEqual } from "../inputs/differences";
import { containsUnknown, isUnknown } from "../inputs/unknown";
import { unchanged } from "../lifecycle/diff";
import type { DiffResult, PropertyDifference } from "../lifecycle/diff";
import { isRecord } from "../resources/resource-kind";
import type { Properties } from "../resources/resource-kind";

/** What a change of is waited for. Details follow from looks, and change by themselves. */
const waitedFor = ["id", "generation", "inputs"];

export function diff(state: Properties, { deployments }: Properties): DiffResult {
  if (!isRecord(deployments) || isUnknown(deployments)) return { ...unchanged, changes: true, repaired: "ready" };
  const before = isRecord(state["deployments"]) ? state["deployments"] : {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(deployments)])];
  const properties = names.flatMap((name) => compare(name, before[name], deployments[name]));
  const repair = state["ready"] === true ? "none" : "update";
  return {
    ...unchanged,
    changes: properties.length > 0 || repair !== "none",
    properties,
    repair,
    repaired: "ready",
  };
}

function compare(name: string, from: unknown, to: unknown): PropertyDifference[] {
  if (!isRecord(from) || !isRecord(to)) return from === to ? [] : [difference(["deployments", name], from, to)];
  return waitedFor
    .filter((key) => isUnknown(to[key]) || !isEqual(valueOf(from, key), valueOf(to, key)))
    .map((key) => difference(["deployments", name, key], from[key], to[key]));
}

/** What is left out is the same as nothing. */
function valueOf(member: Properties, key: string): unknown {
  if (key === "generation") return member[key] ?? 0;
  return key === "inputs" ? (member[key] ?? {}) : member[key];
}

function difference(segments: string[], from: unknown, to: unknown): PropertyDifference {
  return { path: segments.join("."), segments, from, to, unknown: containsUnknown(to), effect: "update" };
}
