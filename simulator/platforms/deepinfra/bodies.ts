/** The documented request bodies, and what is wrong with a given one. */
import { z } from "zod";
import { type BodyProblem, checkBody, describeProblem } from "../../body-check";
import type { Exchange } from "../../platform";
import type { DeepinfraOptions } from "./options";

/** Documented; `other` too. */
export const gpus = [
  "L4-24GB",
  "L40S-48GB",
  "A100-80GB",
  "H100-80GB",
  "H200-141GB",
  "B200-180GB",
  "B300-270GB",
  "RTXPRO6000-96GB",
  "other",
] as const;

const settings = z.strictObject({
  min_instances: z.int().optional(),
  max_instances: z.int().optional(),
});

const createBody = z.strictObject({
  model_name: z.string().min(1),
  gpu: z.enum(gpus),
  num_gpus: z.int().min(1).max(8).default(1),
  max_batch_size: z.int().min(1).max(256).default(96),
  hf: z.strictObject({ repo: z.string(), revision: z.string().optional(), token: z.string().optional() }).optional(),
  base_model: z.string().optional(),
  settings: settings.optional(),
  extra_args: z.array(z.string()).optional(),
  container_image: z.string().optional(),
});

const scaleBody = z.strictObject({ settings });

export type CreateBody = z.output<typeof createBody>;
export type SettingsBody = z.output<typeof settings>;

/** A body that can be worked with, or the problems it is refused for. */
export type Checked<Body> = { body: Body; problems?: undefined } | { body?: undefined; problems: BodyProblem[] };

export function checkCreateBody(exchange: Exchange, options: DeepinfraOptions): Checked<CreateBody> {
  return check(createBody, exchange, options);
}

export function checkScaleBody(exchange: Exchange, options: DeepinfraOptions): Checked<z.output<typeof scaleBody>> {
  return check(scaleBody, exchange, options);
}

/** Both fields have the documented default 1, so that an omitted one is reset, not kept. */
export function scaleOf(settings: SettingsBody | undefined): { min: number; max: number } {
  return { min: settings?.min_instances ?? 1, max: settings?.max_instances ?? 1 };
}

function check<Schema extends z.ZodType<{ settings?: SettingsBody | undefined }>>(
  schema: Schema,
  exchange: Exchange,
  options: DeepinfraOptions,
): Checked<z.output<Schema>> {
  const { body } = exchange;
  const problems = checkBody(schema, body);
  const scaleProblems = checkScale(body);
  const undocumented = problems.filter((problem) => problem.undocumented);
  for (const problem of [...undocumented, ...scaleProblems]) exchange.violation(describeProblem(problem));
  const refused = options.strict
    ? [...problems, ...scaleProblems]
    : problems.filter((problem) => !problem.undocumented);
  if (refused.length > 0) return { problems: refused };
  // With strictness off, the parts that the platform probably ignores are taken out.
  const parsed = schema.safeParse(undocumented.reduce((rest, { path }) => without(rest, path), body));
  return parsed.success ? { body: parsed.data } : { problems };
}

/** The documents set no bounds to the scale; what makes no sense is a violation. */
function checkScale(body: unknown): BodyProblem[] {
  const given = settings.safeParse((body as { settings?: unknown } | undefined)?.settings);
  if (!given.success) return [];
  const { min, max } = scaleOf(given.data);
  const path = ["settings", "min_instances"];
  if (min < 0) return [{ path, message: "must not be negative", undocumented: true }];
  return min > max ? [{ path, message: "must not exceed max_instances", undocumented: true }] : [];
}

function without(value: unknown, [key, ...rest]: (string | number)[]): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return value;
  const copy = { ...(value as Record<string | number, unknown>) };
  if (rest.length === 0) delete copy[key];
  else copy[key] = without(copy[key], rest);
  return copy;
}
