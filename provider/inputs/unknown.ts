/** Values that a preview does not know yet. */

/**
 * What Pulumi's engine sends in place of a value that is not known at preview; part of its wire
 * protocol (`unknownValue` in the Node SDK), repeated here since the core imports nothing of Pulumi.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** Whether there is an unknown value anywhere inside. */
export function containsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}

/** Whether the value at the path, or anything on the way to it, is unknown. */
export function isUnknownAt(root: unknown, path: readonly PropertyKey[]): boolean {
  let value = root;
  if (isUnknown(value)) return true;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return false;
    value = (value as Record<PropertyKey, unknown>)[key];
    if (isUnknown(value)) return true;
  }
  return false;
}

/** The new values, with the old ones in the place of those that are not known yet. */
export function assumingUnchanged(from: Record<string, unknown>, to: Record<string, unknown>): Record<string, unknown> {
  const assumed = Object.entries(to).map(([key, value]) => {
    const before = Object.hasOwn(from, key) ? from[key] : undefined;
    if (isTree(value)) return [key, assumingUnchanged(isTree(before) ? before : {}, value)] as const;
    return [key, containsUnknown(value) ? before : value] as const;
  });
  return Object.fromEntries(assumed.filter(([, value]) => value !== undefined));
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
