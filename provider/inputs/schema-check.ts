/** Turns what zod finds into problems that a user reads. */
import type { z } from "zod";
import type { Problem } from "../platform";
import { describe } from "./fields";
import { suggestion } from "./suggestion";
import { formatPath } from "./path-text";
import { isUnknownAt } from "./unknown";

/**
 * All problems of a value at once, one for each path. Values that are unknown at preview pass, and
 * so does everything inside them.
 */
export function problemsOf(schema: z.ZodType, value: unknown): Problem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  const problems = new Map<string, Problem>();
  for (const issue of result.error.issues) {
    if (isUnknownAt(value, issue.path)) continue;
    for (const problem of toProblems(issue, value, schema)) {
      if (!problems.has(problem.path)) problems.set(problem.path, problem);
    }
  }
  return [...problems.values()];
}

function toProblems(issue: z.core.$ZodIssue, root: unknown, schema: z.ZodType): Problem[] {
  if (issue.code === "unrecognized_keys") {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => ({
      path: formatPath([...issue.path, key]),
      message: `is not a known property${suggestion(key, known)}`,
    }));
  }
  return [{ path: formatPath(issue.path), message: messageOf(issue, valueAt(root, issue.path)) }];
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return "is required";
  // Only objects, lists and booleans still carry zod's own message: the fields bring theirs.
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
    return `must be ${issue.expected === "array" ? "a list" : `a ${issue.expected}`.replace("a object", "an object").replace("a record", "an object")}, got ${describe(value)}`;
  }
  return issue.message;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return Object.keys(definitionOf(path.reduce<unknown>(partOf, schema)).shape ?? {});
}

/** What zod tells of a schema, as far as a path can lead into it. */
interface Definition {
  shape?: Record<string, unknown>;
  element?: unknown;
  valueType?: unknown;
  innerType?: unknown;
}

/** The schema of a member, of a list's items, or of a map's values. */
function partOf(schema: unknown, key: PropertyKey): unknown {
  const { shape, element, valueType } = definitionOf(schema);
  return element ?? valueType ?? shape?.[String(key)];
}

/** Looks through `optional()` and its like. */
function definitionOf(schema: unknown): Definition {
  const definition = (schema as { def?: Definition } | undefined)?.def ?? {};
  return definition.innerType === undefined ? definition : definitionOf(definition.innerType);
}
