/** The section of the stack's config: `inference:drift`. */
import { z } from "zod";
import { ConfigurationError } from "../provider/errors";
import { text } from "../provider/inputs/fields";
import { problemsOf } from "../provider/inputs/schema-check";
import type { IgnoreRule } from "./ignore-rule";
import { parsePropertyPath } from "./property-path";

/** The key in the stack's config. */
export const settingsKey = "inference:drift";

export interface DriftSettings {
  ignore: IgnoreRule[];
}

const path = text().refine((value) => parsePropertyPath(value) !== undefined, {
  error: 'must be a path like "deepinfra.settings", "tags[\\"a.b\\"]" or "*"',
});

const rule = z.strictObject({
  resource: text().optional(),
  paths: z.array(path).min(1, { error: "must name at least one path" }),
  reason: text().optional(),
});

const settings = z.strictObject({ ignore: z.array(rule).optional() });

/**
 * @param value JSON, as Pulumi keeps an object; undefined when nothing is set.
 * @throws ConfigurationError that names every member that is wrong.
 */
export function parseSettings(value: string | undefined): DriftSettings {
  if (value === undefined || value === "") return { ignore: [] };
  const given = jsonIn(value);
  const problems = problemsOf(settings, given);
  if (problems.length > 0) {
    const list = problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join("; ");
    throw new ConfigurationError(`the stack's config ${settingsKey}: ${list}`);
  }
  const { ignore = [] } = given as Partial<DriftSettings>;
  return { ignore };
}

function jsonIn(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new ConfigurationError(
      `the stack's config ${settingsKey}: must be an object; set it with \`pulumi config set --path '${settingsKey}.ignore[0].paths[0]' <path>\``,
    );
  }
}
