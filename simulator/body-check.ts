/** Compares a request's body with what a platform documents. */
import type { z } from "zod";

export interface BodyProblem {
  path: (string | number)[];
  message: string;
  /**
   * The platform may well take it: a field that it does not document, or a null. A client that
   * sends it relies on luck, so it is a violation.
   */
  undocumented: boolean;
}

/** @param schema of strict objects, so that an undocumented field is found. */
export function checkBody(schema: z.ZodType, body: unknown): BodyProblem[] {
  const parsed = schema.safeParse(body);
  return parsed.success ? [] : parsed.error.issues.flatMap((issue) => problemsOf(issue, body));
}

function problemsOf(issue: z.core.$ZodIssue, body: unknown): BodyProblem[] {
  const path = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: "Extra inputs are not permitted",
      undocumented: true,
    }));
  }
  const isNull = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], body) === null;
  return [{ path, message: isNull ? "Input should not be null" : issue.message, undocumented: isNull }];
}

/** `settings.min_instances: Invalid input`, for logs. */
export function describeProblem({ path, message }: BodyProblem): string {
  return `${path.join(".") || "body"}: ${message}`;
}
