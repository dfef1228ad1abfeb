/** The kinds of fields that platforms' inputs are made of, with messages that a user can act on. */
import { z } from "zod";
import { nearestOf } from "./suggestion";

type Issue = { input?: unknown };

/** Tells a number where a number belongs; anywhere else it may be a secret, as everything else may. */
function gotForNumber({ input }: Issue): string {
  return typeof input === "number" ? `got ${input}` : got({ input });
}

function got({ input }: Issue): string {
  return input === undefined ? "it is missing" : `got ${describe(input)}`;
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
  const error = (issue: Issue): string =>
    `must be a whole number between ${minimum} and ${maximum}, ${gotForNumber(issue)}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** An integer with a lower bound only. */
export function integerAtLeast(minimum: number) {
  const error = (issue: Issue): string => `must be a whole number of at least ${minimum}, ${gotForNumber(issue)}`;
  return z.int({ error }).min(minimum, { error });
}

/** A number in a closed range. */
export function numberBetween(minimum: number, maximum: number) {
  const error = (issue: Issue): string => `must be a number between ${minimum} and ${maximum}, ${gotForNumber(issue)}`;
  return z.number({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A number above a bound. */
export function numberAbove(minimum: number) {
  const error = (issue: Issue): string => `must be a number above ${minimum}, ${gotForNumber(issue)}`;
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
