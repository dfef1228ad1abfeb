/** What the platform answers about deployments. */
import type { Deployment } from "./deployment";
import { standingOf } from "./deployment";
import type { DeepinfraOptions } from "./options";

/** The documented `DeploymentOut`. */
export function deploymentOut(deployment: Deployment, now: number, options: DeepinfraOptions) {
  const standing = standingOf(deployment, now, options);
  return {
    type: "llm",
    deploy_id: deployment.id,
    model_name: deployment.modelName,
    version: "",
    task: "text-generation",
    status: standing.status,
    fail_reason: standing.failReason,
    created_at: timestamp(deployment.createdAtMs, options),
    updated_at: timestamp(deployment.updatedAtMs, options),
    ...optionalParts(deployment, standing, options),
    ...(options.newerApi ? newerParts(deployment) : {}),
  };
}

/** Rows of serverless references as an account was seen to have them: one of today's, one of an older kind. */
export function legacyRows(options: DeepinfraOptions) {
  const old = Date.UTC(2023, 0, 26, 19, 33, 23);
  const row = {
    model_name: "openai/whisper-small",
    task: "automatic-speech-recognition",
    status: "running",
    fail_reason: "",
    created_at: timestamp(old, { ...options, timestamps: "no-zone" }),
    updated_at: timestamp(old, { ...options, timestamps: "no-zone" }),
  };
  return [
    { ...row, deploy_id: "LegacyReference1" },
    { ...row, deploy_id: "LegacyReference2", type: "legacy", version: "", model_name: "meta-llama/Llama-3.1-8B" },
  ];
}

/** Rows that earlier deployments of a name have left. */
export function leftoverRows(name: string, options: DeepinfraOptions) {
  const at = timestamp(Date.UTC(2026, 0, 1), options);
  const row = { type: "llm", model_name: name, version: "", task: "text-generation", created_at: at, updated_at: at };
  const suffix = name.replace(/[^a-zA-Z0-9]/g, "").slice(-8);
  return [
    { ...row, deploy_id: `Failed${suffix}`, status: "failed", fail_reason: "no-gpu-available" },
    { ...row, deploy_id: `Deleted${suffix}`, status: "deleted", fail_reason: "" },
  ];
}

function optionalParts(
  deployment: Deployment,
  standing: { running: number; pending: number },
  options: DeepinfraOptions,
) {
  if (options.optionalParts === "absent") return {};
  if (options.optionalParts === "null") return { instances: null, config: null, settings: null };
  const { config, settings } = deployment;
  return {
    instances: {
      running: standing.running,
      pending: standing.pending,
      ...(options.newerApi ? { warming: 0 } : {}),
    },
    config: {
      gpu: config.gpu,
      num_gpus: config.numGpus,
      max_batch_size: options.newerApi ? 256 : config.maxBatchSize,
      weights: config.weights && weightsOut(config.weights, options),
    },
    settings: { min_instances: settings.min, max_instances: settings.max },
  };
}

function weightsOut(weights: NonNullable<Deployment["config"]["weights"]>, options: DeepinfraOptions) {
  const token = options.echoToken ? (weights.token ?? null) : null;
  return { repo: weights.repo, revision: weights.revision ?? null, token };
}

function newerParts(deployment: Deployment) {
  return {
    standard_args: { max_concurrent_requests: 256 },
    extra_args: null,
    update_error: deployment.updateError ?? null,
    rollout: { up_to_date: deployment.settings.min, outdated: 0, booting: 0 },
  };
}

function timestamp(ms: number, options: DeepinfraOptions): string {
  const text = new Date(ms).toISOString().slice(0, 19);
  return options.timestamps === "zone" ? `${text}+00:00` : text;
}
