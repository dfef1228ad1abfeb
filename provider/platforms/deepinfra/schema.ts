/** The block `deepinfra`, checked strictly, and the platform's answers, read as leniently as they can be. */
import { z } from "zod";
import type { Agreeing } from "../../inputs/agreement";
import { integerAtLeast, integerBetween, text } from "../../inputs/fields";
import type { DeepInfraInputs } from "./inputs";

const block = z.strictObject({
  modelName: text(),
  gpu: text(),
  numGpus: integerBetween(1, 8).optional(),
  maxBatchSize: integerBetween(1, 256).optional(),
  hf: z
    .strictObject({
      repo: text(),
      revision: text().optional(),
      token: text().optional(),
    })
    .optional(),
  baseModel: text().optional(),
  // Documented as integers with default 1 and no bounds; 0 is used in the vendor's own examples.
  settings: z
    .strictObject({
      minInstances: integerAtLeast(0).optional(),
      maxInstances: integerAtLeast(0).optional(),
    })
    .optional(),
  extraArgs: z.array(z.string()).optional(),
});

export const deepInfraBlock: Agreeing<DeepInfraInputs, typeof block> = block;

/** A fact that may be missing, null, or of another kind than documented: nothing depends on it. */
function fact<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().catch(undefined);
}

/** What the API calls DeploymentOut. Only what identifies it and its status must be there. */
export const deployment = z.object({
  deploy_id: z.string().min(1),
  model_name: z.string().nullish(),
  status: z.string(),
  type: fact(z.string()),
  version: fact(z.string()),
  task: fact(z.string()),
  fail_reason: fact(z.string()),
  // Newer than the public documents of 2026-03; its kind is not documented.
  update_error: z.unknown().optional(),
  // Seen with and without a time zone: kept as text.
  created_at: fact(z.string()),
  instances: fact(z.object({ running: fact(z.number()), pending: fact(z.number()) })),
  config: fact(
    z.object({
      gpu: fact(z.string()),
      num_gpus: fact(z.number()),
      max_batch_size: fact(z.number()),
      // `weights.token` may be echoed and is not read.
      weights: fact(z.object({ repo: fact(z.string()), revision: fact(z.string()) })),
    }),
  ),
  settings: fact(z.object({ min_instances: fact(z.number()), max_instances: fact(z.number()) })),
});

export type Deployment = z.output<typeof deployment>;

/** The list is a bare array, without pages. One odd row must not hide the others, nor pass for a dead one. */
export const deployments = z.array(deployment.extend({ status: z.string().catch("") }));

/** The answer to a create is read for the id alone, so that nothing else in it can lose the deployment. */
export const created = z.object({ deploy_id: z.string().min(1), model_name: fact(z.string()) });

/** `gpu_config` is a count and a GPU, `2xH100-80GB`; the price is that of one instance (both from third parties). */
export const prices = z.object({
  gpus: z.array(
    z.object({ gpu_config: fact(z.string()), usd_per_hour: fact(z.number()), available: fact(z.boolean()) }),
  ),
});

/** `{"limits":{"H100-80GB":4}}`, by the kind of GPU (documented). */
export const gpuLimits = z.object({ limits: z.record(z.string(), z.number()) });

export type Price = z.output<typeof prices>["gpus"][number];
