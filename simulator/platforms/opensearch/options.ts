/** What can be chosen about the simulated cluster. Defaults are those of OpenSearch 3.4, where it has them. */
import { z } from "zod";

const milliseconds = z.number().min(0);

export const options = z.strictObject({
  /** Ids of externally hosted models (`remote`) that are registered from the start. */
  models: z.array(z.string()).default(["SimulatedRemoteModel", "-SimulatedRemote_001", "_SimulatedRemote-002"]),
  /** Ids of local models that are registered from the start. */
  localModels: z.array(z.string()).default(["SimulatedLocalModel1"]),
  /** Any id is a registered, externally hosted model, for stacks that bring ids of their own. */
  anyModel: z.boolean().default(false),
  /** Data nodes `n1`, `n2`, …, with the ids `SimulatedNode000000001`, …. As the first scenario has it. */
  nodes: z.int().min(1).default(3),
  /** How many of them, from the last one, have the role `ml` too. */
  mlNodes: z.int().min(0).default(1),

  /** `plugins.ml_commons.only_run_on_ml_node`: local models need a node with the role `ml`. */
  onlyRunOnMlNode: z.boolean().default(true),
  /** `plugins.ml_commons.allow_custom_deployment_plan`: without it, `node_ids` are refused. */
  allowCustomDeploymentPlan: z.boolean().default(false),
  /** `plugins.ml_commons.model_auto_deploy.enable`: a prediction deploys an externally hosted model. */
  modelAutoDeploy: z.boolean().default(true),
  /** `plugins.ml_commons.model_auto_redeploy.enable`: after a restart, and when a node joins. */
  modelAutoRedeploy: z.boolean().default(true),
  /** `plugins.ml_commons.sync_up_job_interval_in_seconds`, in milliseconds; with 0 states never heal. */
  syncUpMs: milliseconds.default(10_000),
  /** How long a model without a node may stay DEPLOYING. Fixed in the plugin. */
  deployGraceMs: milliseconds.default(20_000),
  /** `plugins.ml_commons.ml_task_timeout_in_seconds`, in milliseconds. */
  taskTimeoutMs: milliseconds.default(600_000),
  /** `plugins.ml_commons.max_deploy_model_tasks_per_node`; 10 on the platform, whose deployments take less time. */
  maximumDeployTasksPerNode: z.int().min(0).nullable().default(null),
  /** `plugins.ml_commons.exclude_nodes._name`. */
  excludedNodeNames: z.array(z.string()).default([]),

  /**
   * How much later than the model's document the task's is final, milliseconds; negative when the
   * task is first. Both were seen.
   */
  taskLagMs: z.number().default(50),
  /** Ids or names of nodes on which deployments fail, while others go on. */
  failingNodes: z.array(z.string()).default([]),
  /** Why they fail there. */
  failingNodeError: z.string().default("exceed max running task limit"),
  /** The error of a failed task as plain text instead of JSON by node, as after a transport error. */
  plainTaskError: z.boolean().default(false),
  /**
   * A second `_deploy` while the first runs. `duplicate`: accepted, its task fails, and the model counts
   * as failed until the first ends. `conflict`: 409, and the model counts as failed until the next
   * sync-up. `join`: both complete. All three were seen, by how close together they were.
   */
  secondDeploy: z.enum(["duplicate", "conflict", "join"]).default("duplicate"),
  /** For how long after a restart reads answer 500, milliseconds; 0.5 s to 11 s were seen. */
  shardRecoveryMs: milliseconds.default(500),
  /** Nodes in an order that differs between reads. */
  unstableNodeOrder: z.boolean().default(true),
  /** How new ids begin: those of the platform may begin with `-` or `_`. */
  idPrefix: z.string().default(""),

  /** `none` is a cluster without the security plugin. */
  authentication: z.enum(["basic", "none"]).default("basic"),
  /** The user's role. */
  role: z.enum(["admin", "ml_full_access", "ml_read_access", "none"]).default("admin"),
  /** Actions that the role lacks besides, such as `cluster:admin/opensearch/ml/deploy_model`. */
  deniedActions: z.array(z.string()).default([]),
  /** Models in groups of other people; with any of them, model access control is on. */
  restrictedModels: z.array(z.string()).default([]),
});

export type OpensearchOptions = z.output<typeof options>;
