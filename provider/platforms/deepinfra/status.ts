/** What DeepInfra says of a deployment, in our terms. Pure. */
import type { GpuOffer, Listing, Phase, Replicas, Reported, Snapshot } from "../../platform";
import type { DeepInfraInputs } from "./inputs";
import { isSameName } from "./rules";
import type { Deployment, Price } from "./schema";

/**
 * The status is a free text. Documented: initializing, downloading, deploying, running, stopped,
 * failed, deleted, and lately `updating`. `deployed` is the documents' example of a status, and is
 * said to mean running on older deployments. A word that nobody knows is on its way to somewhere.
 */
export function phaseOf(status: string): Phase {
  switch (status.trim().toLowerCase()) {
    case "running":
    case "deployed":
      return "ready";
    case "stopped":
      return "stopped";
    case "failed":
      return "failed";
    // A deleted deployment stays readable (measured).
    case "deleted":
      return "gone";
    default:
      return "pending";
  }
}

/**
 * Readiness is the status alone: fewer running instances than `minInstances` are legal while GPUs
 * are short (documented), and none at all when scaled to zero.
 *
 * @param baseUrl the account's address, without a trailing slash.
 * @param inputs what the program asks for, where it is known.
 */
export function toSnapshot(
  deployment: Deployment,
  baseUrl: string,
  inputs: DeepInfraInputs | undefined,
): Snapshot<DeepInfraInputs> {
  const reason = reasonOf(deployment);
  const replicas = replicasOf(deployment);
  const configuration = configurationOf(deployment);
  return {
    phase: phaseOf(deployment.status),
    platformStatus: deployment.status,
    ...(reason === undefined ? {} : { reason }),
    ...(replicas === undefined ? {} : { replicas }),
    ...addressOf(deployment.deploy_id, baseUrl),
    details: detailsOf(deployment),
    ...(configuration === undefined ? {} : { configuration }),
    immutable: immutableOf(deployment, inputs),
  };
}

/** The answer to a creation holds the id alone. */
export function acceptedSnapshot(deploymentId: string, baseUrl: string): Snapshot<DeepInfraInputs> {
  return { phase: "pending", platformStatus: "", ...addressOf(deploymentId, baseUrl), details: {} };
}

function addressOf(deploymentId: string, baseUrl: string): { endpoint: string; model: string } {
  // The model's id answers before its name does, and needs no version (documented).
  return { endpoint: endpointOf(baseUrl), model: `deploy_id:${deploymentId}` };
}

/** One for all deployments. */
export function endpointOf(baseUrl: string): string {
  return `${baseUrl}/v1/openai`;
}

export function toListing({ deploy_id, model_name, status, created_at, instances }: Deployment): Listing {
  const replicas = replicasOf({ instances });
  return {
    reference: { deploymentId: deploy_id, details: {} },
    name: model_name ?? "",
    phase: phaseOf(status),
    platformStatus: status,
    ...definedOf({ createdAt: timeOf(created_at), replicas }),
  };
}

/** None for a row whose text is not `2xH100-80GB`. */
export function toOffer({ gpu_config, usd_per_hour, available }: Price): GpuOffer[] {
  const [, count, gpu] = /^(\d+)x(.+)$/.exec(gpu_config ?? "") ?? [];
  if (count === undefined || gpu === undefined) return [];
  return [{ gpu, numGpus: Number(count), ...definedOf({ usdPerHour: usd_per_hour, available }) }];
}

/** Written without a time zone as well (measured), and then taken for UTC (inferred). */
function timeOf(text: string | null | undefined): Date | undefined {
  if (!text) return undefined;
  const time = new Date(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function reasonOf({ fail_reason, update_error }: Deployment): string | undefined {
  // Empty when nothing failed (documented).
  if (fail_reason) return fail_reason;
  if (update_error === undefined || update_error === null || update_error === "") return undefined;
  // A change that was undone leaves the status at `running` (documented lately).
  return `the last change failed: ${typeof update_error === "string" ? update_error : JSON.stringify(update_error)}`;
}

export function replicasOf({ instances }: Pick<Deployment, "instances">): Replicas | undefined {
  if (!instances) return undefined;
  const counts = { running: instances.running ?? undefined, pending: instances.pending ?? undefined };
  return definedOf(counts);
}

/** Nothing that changes by itself, and never `config.weights.token`. */
function detailsOf(deployment: Deployment): Record<string, unknown> {
  const { config } = deployment;
  return definedOf({
    modelName: deployment.model_name,
    version: deployment.version || undefined,
    task: deployment.task || undefined,
    createdAt: deployment.created_at,
    gpu: config?.gpu,
    numGpus: config?.num_gpus,
    repository: config?.weights?.repo,
    revision: config?.weights?.revision,
  });
}

function configurationOf({ settings }: Deployment): Reported<DeepInfraInputs> | undefined {
  if (!settings) return undefined;
  return { settings: definedOf({ minInstances: settings.min_instances, maxInstances: settings.max_instances }) };
}

/**
 * What can be compared with the inputs. Left out: `max_batch_size`, which newer versions of the API
 * may report otherwise than it was asked for, and weights that the program does not name itself.
 */
function immutableOf(deployment: Deployment, inputs: DeepInfraInputs | undefined): Reported<DeepInfraInputs> {
  const { config, model_name: full } = deployment;
  const given = inputs?.modelName;
  return definedOf({
    modelName: full && given !== undefined && isSameName(full, given) ? given : full,
    // `other` stands for any GPU that the API's list does not name (inferred).
    gpu: config?.gpu === "other" ? undefined : config?.gpu,
    numGpus: config?.num_gpus,
    hf: inputs?.hf && definedOf(weightsOf(config?.weights, inputs.hf)),
  });
}

/**
 * The inputs of a deployment that was made elsewhere. `max_batch_size` is among them, though newer versions
 * may report another one than was asked for: no program has asked for one yet.
 */
export function inputsOf({ model_name, config, settings }: Deployment): Reported<DeepInfraInputs> {
  const weights = config?.weights;
  return definedOf({
    modelName: model_name,
    gpu: config?.gpu === "other" ? undefined : config?.gpu,
    numGpus: config?.num_gpus,
    maxBatchSize: config?.max_batch_size,
    hf: weights?.repo ? definedOf({ repo: weights.repo, revision: weights.revision }) : undefined,
    settings: settings && definedOf({ minInstances: settings.min_instances, maxInstances: settings.max_instances }),
  });
}

type Weights = NonNullable<NonNullable<Deployment["config"]>["weights"]>;

function weightsOf(live: Weights | null | undefined, given: NonNullable<DeepInfraInputs["hf"]>): object {
  return {
    repo: live?.repo ?? given.repo,
    revision: given.revision === undefined ? undefined : (live?.revision ?? given.revision),
  };
}

function definedOf<Members extends object>(members: Members): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as { [Key in keyof Members]?: NonNullable<Members[Key]> };
}
