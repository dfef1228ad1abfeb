/** The block `opensearch`, checked strictly, and the cluster's answers, read as leniently as they can be. */
import { z } from "zod";
import type { Agreeing } from "../../inputs/agreement";
import { text } from "../../inputs/fields";
import type { OpenSearchInputs } from "./inputs";

const block = z.strictObject({
  modelId: text(),
  nodeIds: z.array(text()).optional(),
});

export const openSearchBlock: Agreeing<OpenSearchInputs, typeof block> = block;

/** A fact that may be missing, null, or of another kind than measured: nothing breaks on it. */
function fact<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().catch(undefined);
}

/**
 * `GET models/<id>`. `deploy_to_all_nodes` is left out when false, `planning_worker_nodes` when
 * empty, and both counts before the first deployment (measured, 3.4).
 */
export const model = z.object({
  name: fact(z.string()),
  algorithm: fact(z.string()),
  model_version: fact(z.string()),
  model_state: fact(z.string()),
  deploy_setting: fact(z.object({ is_auto_deploy_enabled: fact(z.boolean()), model_ttl_minutes: fact(z.number()) })),
  // Milliseconds since the epoch, by the cluster's clock.
  last_updated_time: fact(z.number()),
  // When a deployment ended, also when it failed (measured).
  last_deployed_time: fact(z.number()),
  planning_worker_node_count: fact(z.number()),
  current_worker_node_count: fact(z.number()),
  planning_worker_nodes: fact(z.array(z.string())),
  deploy_to_all_nodes: fact(z.boolean()),
});

export type Model = z.output<typeof model>;

/** `GET tasks/<id>`, which does not repeat the task's id. */
export const task = z.object({
  state: fact(z.string()),
  // JSON in a string, by node; plain text when the transport failed (source of the plugin).
  error: fact(z.string()),
  // Milliseconds since the epoch, by the cluster's clock.
  create_time: fact(z.number()),
});

export type Task = z.output<typeof task>;

export const taskHits = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string().min(1), _source: task })) }),
});

/** `POST models/_search`, with the documents as `GET models/<id>` has them (measured). */
export const modelHits = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string().min(1), _source: model })) }),
});

/** The answer to `_deploy`. Its `status` says nothing: COMPLETED is also sent for a deployment that failed (measured). */
export const deployAnswer = z.object({ task_id: z.string().min(1) });

/** What the nodes hold in memory. A node that failed has no `model_state`; nothing loaded is `{}` (measured). */
export const profile = z.object({
  nodes: fact(
    z.record(z.string(), z.object({ models: fact(z.record(z.string(), z.object({ model_state: fact(z.string()) }))) })),
  ),
});

export type Profile = z.output<typeof profile>;

export const nodes = z.object({ nodes: z.record(z.string(), z.object({ name: fact(z.string()) })) });
