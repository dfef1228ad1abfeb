/** The inputs of a live deployment, checked strictly, and Foundry's answers, read as leniently as they can be. */
import { z } from "zod";
import type { Agreeing } from "../../inputs/agreement";
import { describe, integerAtLeast, numberAbove, numberBetween, oneOf, text } from "../../inputs/fields";
import type { FoundryInputs } from "./inputs";

const timeUnits = ["MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS"] as const;

const duration = z.strictObject({ value: integerAtLeast(0), unit: oneOf(timeUnits) });

/** A program may keep a secret here, so that not even a number is shown. */
const variable = z.string({ error: ({ input }) => `must be a text, got ${describe(input)}` });

const runtimeConfiguration = z.strictObject({
  minReplicas: integerAtLeast(0),
  maxReplicas: integerAtLeast(0),
  cpu: numberAbove(0).optional(),
  memory: text().optional(),
  gpu: z.strictObject({ count: integerAtLeast(1), type: text().optional() }).optional(),
  // The upper limit exists and is not documented.
  threadCount: integerAtLeast(1).optional(),
  scalingConfiguration: z
    .strictObject({ scaleUpLoadThreshold: numberBetween(0, 1), scaleUpDelay: duration, scaleDownDelay: duration })
    .optional(),
  sources: z.array(text()).optional(),
  environmentVariables: z.record(z.string(), variable).optional(),
});

const block = z.strictObject({
  modelRid: text(),
  branch: text(),
  runtimeConfiguration,
  enabled: z.boolean().optional(),
});

export const foundryBlock: Agreeing<FoundryInputs, typeof block> = block;

/** A fact that may be missing, null, or of another kind than documented: nothing depends on it. */
function fact<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().catch(undefined);
}

/** Only what identifies it must be there. The documents and the clients disagree on what is required. */
export const liveDeployment = z.object({
  rid: z.string().min(1),
  modelVersion: fact(z.object({ modelRid: fact(z.string()), modelVersionRid: fact(z.string()) })),
  branch: fact(z.string()),
  runtimeConfiguration: fact(z.record(z.string(), z.unknown())),
  status: fact(z.object({ state: fact(z.string()), isReady: fact(z.boolean()) })),
});

export type LiveDeployment = z.output<typeof liveDeployment>;

/** The list has no pages. */
export const liveDeployments = z.object({ data: z.array(liveDeployment) });

/** A model, and the answer to a create, which is read for the id alone: nothing else in it can lose the deployment. */
export const created = z.object({ rid: z.string().min(1) });

/** OAuth2; the lifetime, in seconds, is required by the vendor's client and recommended by the standard. */
export const token = z.object({ access_token: z.string().min(1), expires_in: fact(z.number()) });

export type Token = z.output<typeof token>;
