/** The kinds of fields that platforms' inputs are made of, with messages that a user can act on. */
import { z } from "zod";
import { nearestOf } from "./suggestion";

type Issue = { input?: unknown };

function got(issue: Issue): string {
  if (issue.input === undefined) return "it is missing";
  return typeof issue.input === "number" ? `got ${issue.input}` : `got ${describe(issue.input)}`;
}

/** The kind of a value and never the value, which may be a secret. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

/** An integer in a closed range. */
export function integerBetween(minimum: number, maximum: number) {
  const error = (issue: Issue): string => `must be a whole number between ${minimum} and ${maximum}, ${got(issue)}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** An integer with a lower bound only. */
export function integerAtLeast(minimum: number) {
  const error = (issue: Issue): string => `must be a whole number of at least ${minimum}, ${got(issue)}`;
  return z.int({ error }).min(minimum, { error });
}

/** A number in a closed range. */
export function numberBetween(minimum: number, maximum: number) {
  const error = (issue: Issue): string => `must be a number between ${minimum} and ${maximum}, ${got(issue)}`;
  return z.number({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A number above a bound. */
export function numberAbove(minimum: number) {
  const error = (issue: Issue): string => `must be a number above ${minimum}, ${got(issue)}`;
  return z.number({ error }).gt(minimum, { error });
}

/** A text that is not empty. */
export function text() {
  const error = (issue: Issue): string => (issue.input === "" ? "must not be empty" : `must be a text, ${got(issue)}`);
  return z.string({ error }).min(1, { error });
}

/** One of a closed set of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const list = words.map((word) => `"${word}"`).join(", ");
  const error = (issue: Issue): string => {
    // The known word alone is shown: what was given may be a secret in the wrong place.
    const near = typeof issue.input === "string" ? nearestOf(issue.input, words) : undefined;
    return `must be one of ${list}${near === undefined ? `, ${got(issue)}` : ` (did you mean "${near}"?)`}`;
  };
  return z.enum(words, { error });
}
