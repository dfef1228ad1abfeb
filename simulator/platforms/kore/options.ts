/** What can be chosen about the simulated Kore.ai. Defaults are what the documents show. */
import { z } from "zod";

/** The id of a job is spelt in four ways across the documents. */
const jobIdKeys = ["dock-statusId", "dockStatusId", "dockstatusId", "_id"] as const;

export const options = z.strictObject({
  /** The key of the job's id in answers to deploy and undeploy; the samples have the default, the tables `dockStatusId`. */
  jobIdKey: z.enum(jobIdKeys).default("dock-statusId"),
  /** The key of the job's id in its dock status. */
  dockIdKey: z.enum(jobIdKeys).default("_id"),
  /** The key of the model's id in a dock status: the documents show other sorts of jobs only. */
  ownerKey: z.enum(["modelId", "toolId", "workflowId"]).default("modelId"),
  /** Sister products answer status words in lower case. */
  statusCase: z.enum(["upper", "lower"]).default("upper"),
  /** A status word for the second half of a job's time; empty for none. */
  middleStatus: z.string().default(""),
  /** Jobs are over when they are accepted: the first answer is terminal. */
  immediate: z.boolean().default(false),
  /** Answers echo the wrong action, as some samples do. */
  wrongAction: z.boolean().default(false),
  /** The field of a failed job's dock status that holds the reason; empty for none, since none is documented. */
  reasonField: z.string().default(""),
  /** How an undeploy of a model that is not deployed is answered. Not known of the platform. */
  idleUndeploy: z.enum(["accept", "refuse", "not-found"]).default("accept"),
  /** Models whose first deployment was never made in the console; the API refuses to make it. */
  neverDeployed: z.array(z.string()).default([]),
  /** The models of the account; null for any. */
  models: z.array(z.string()).nullable().default(null),
  /** `gale` also takes the flag as its samples spell it: `isDeployedPreviouly`. */
  dialect: z.enum(["ai-for-process", "gale"]).default("ai-for-process"),
  /** Refuses undocumented fields and nulls. Whether the platform does is not known. */
  strict: z.boolean().default(true),
  /** The status of an answer to a wrong key, or to one that lacks the scope. */
  authStatus: z.union([z.literal(401), z.literal(403)]).default(401),
  /** The shape of error bodies, of which no document shows one. */
  errorShape: z.enum(["errors", "error", "message", "msg", "text"]).default("errors"),
});

export type KoreOptions = z.output<typeof options>;
