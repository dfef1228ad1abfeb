/** Turns what zod finds into problems that a user reads. */
import type { z } from "zod";
import type { Problem } from "../platform";
import { describe } from "./fields";
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

/** `settings.minInstances`, `nodeIds[0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  for (const key of path) current = (shapeOf(current) ?? {})[String(key)];
  return Object.keys(shapeOf(current) ?? {});
}

/** The members of an object schema, looking through `optional()`. */
function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  const { shape, unwrap } = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown };
  if (shape !== undefined) return shape;
  return typeof unwrap === "function" ? shapeOf(unwrap.call(schema)) : undefined;
}

/** ` (did you mean "gpu"?)` for the nearest known word, when there is one near enough. */
export function suggestion(word: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const near = nearest !== undefined && nearest.distance <= Math.max(2, Math.floor(word.length / 3));
  return near ? ` (did you mean "${nearest.candidate}"?)` : `; known: ${known.join(", ")}`;
}

/** Levenshtein's distance: the fewest insertions, deletions and substitutions. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
