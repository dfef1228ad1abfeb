/** Values inside of inputs, by the names that lead to them. */
import { isRecord } from "../resources/resource-kind";

/** Deep, with lists as values. What is undefined or null covers nothing. */
export function merge(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined || value === null) continue;
    const below = under[key];
    merged[key] = isRecord(value) && isRecord(below) ? merge(below, value) : value;
  }
  return merged;
}

export function valueAt(root: unknown, segments: readonly string[]): unknown {
  return segments.reduce<unknown>(
    (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    root,
  );
}

/** A copy with the value in its place; undefined takes it out. */
export function withValueAt(
  root: Record<string, unknown>,
  [key = "", ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (rest.length > 0) {
    const below = root[key];
    return { ...root, [key]: withValueAt(isRecord(below) ? below : {}, rest, value) };
  }
  if (value !== undefined) return { ...root, [key]: value };
  return Object.fromEntries(Object.entries(root).filter(([name]) => name !== key));
}
