/** Compares two trees of inputs, leaf by leaf. */
import { containsUnknown } from "./unknown";

export interface Difference {
  /** Dotted, without list indexes: a list is one value. */
  path: string;
  /** The same as a list, since a key of a map may hold a dot itself. */
  segments: readonly string[];
  from: unknown;
  to: unknown;
  /** The new value is not known yet, so that it counts as a change and never as a replacement. */
  unknown: boolean;
}

/** The paths whose values differ. Members that are undefined count as absent; the order of keys does not count. */
export function differences(from: unknown, to: unknown, segments: readonly string[] = []): Difference[] {
  if (isTree(from) && isTree(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return keys.flatMap((key) => differences(own(from, key), own(to, key), [...segments, key]));
  }
  if (isEqual(from, to)) return [];
  // A block that appears or goes is reported by its leaves, since the effect is decided by the leaf.
  if (isTree(from) && to === undefined) return differences(from, {}, segments);
  if (isTree(to) && from === undefined) return differences({}, to, segments);
  return [{ path: segments.join("."), segments, from, to, unknown: containsUnknown(to) }];
}

/** Deep equality of JSON values, with undefined members absent. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  }
  if (!isTree(a) || !isTree(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isEqual(own(a, key), own(b, key)));
}

/** A key of a map may be called like something that every object inherits: `constructor`. */
function own(tree: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
