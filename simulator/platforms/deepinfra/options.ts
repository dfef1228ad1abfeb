/** What can be chosen about the simulated DeepInfra. Defaults are what the platform documents or was seen to do. */
import { z } from "zod";

export const options = z.strictObject({
  /** The account's display name, which prefixes model names; empty for an account without one, which cannot create. */
  displayName: z.string().default("simulated"),
  /**
   * Refuses undocumented fields, nulls and impossible scales with 422. Stricter than the platform, which
   * probably ignores them, so that a client that relies on that is found out.
   */
  strict: z.boolean().default(true),
  /** The status words before the last one; put an unknown word in to see how a client takes it. */
  startingStatuses: z.array(z.string()).min(1).default(["initializing", "downloading", "deploying"]),
  /** The status word of a deployment that serves. `deployed` is the schema's example. */
  readyStatus: z.string().default("running"),
  /** How a missing or wrong key is answered: three shapes were seen. */
  authError: z.enum(["403-detail", "401-error", "401-openai"]).default("403-detail"),
  /** Which of the two documented shapes an error 422 has. */
  validationError: z.enum(["detail", "error"]).default("detail"),
  /** Whether `config.weights.token` comes back. Not known of the platform. */
  echoToken: z.boolean().default(false),
  /** `config`, `instances` and `settings` in answers: all three are optional. */
  optionalParts: z.enum(["present", "null", "absent"]).default("present"),
  /** Timestamps with `+00:00` or, as older answers have them, without a zone. */
  timestamps: z.enum(["zone", "no-zone"]).default("zone"),
  /** How many instances fewer than the minimum run, for want of GPUs; the status is `running` all the same. */
  missingInstances: z.int().min(0).default(0),
  /** Rows of serverless references in the list, which are no deployments. */
  legacyRows: z.boolean().default(true),
  /** Full names for which the list has a failed and a deleted row from earlier. */
  leftoverNames: z.array(z.string()).default([]),
  /** How long a deleted deployment stays readable, milliseconds; null for ever. */
  forgetDeletedAfterMs: z.number().min(0).nullable().default(null),
  /** Answers of a later API: more fields, and a `max_batch_size` that is not the one asked for. */
  newerApi: z.boolean().default(false),
  /** How long a change of the scale shows as `updating`, milliseconds; other changes get 409 meanwhile. */
  updatingMs: z.number().min(0).default(0),
  /** With a text, each change of the scale is reverted, with this text as `update_error`. */
  updateError: z.string().default(""),
  /** Whether the scale can be changed before the deployment runs. Not known of the platform. */
  earlyUpdate: z.enum(["accept", "refuse"]).default("accept"),
  /** How many GPUs of each kind the account may have, as it is told; null for an API that does not tell. */
  gpuLimits: z.record(z.string(), z.number()).nullable().default(null),
  /** GPUs shown as not available. */
  unavailableGpus: z.array(z.string()).default([]),
});

export type DeepinfraOptions = z.output<typeof options>;
