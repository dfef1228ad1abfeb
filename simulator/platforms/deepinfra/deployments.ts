/** The account's deployments, and what can be done to them, through the API or from outside. */
import { randomBytes } from "node:crypto";
import type { SimulatedDeployment, World } from "../../platform";
import type { CreateBody } from "./bodies";
import { scaleOf } from "./bodies";
import { type Deployment, isForgotten, type ScaleSettings, type Standing, standingOf } from "./deployment";
import type { DeepinfraOptions } from "./options";

export interface Deployments {
  create(modelName: string, body: CreateBody): Deployment;
  /** All that can still be read, in the order of their creation. */
  readable(): Deployment[];
  find(id: string): Deployment | undefined;
  /** The one that holds a full name. */
  holderOf(modelName: string): Deployment | undefined;
  standing(deployment: Deployment): Standing;
  scale(deployment: Deployment, settings: ScaleSettings): void;
  stop(deployment: Deployment): void;
  start(deployment: Deployment): void;
  remove(deployment: Deployment): void;
  shown(): SimulatedDeployment[];
  /** The deleted ones too. */
  all(): readonly Deployment[];
}

export function createDeployments(world: World<DeepinfraOptions>, saved: readonly Deployment[] = []): Deployments {
  const all = [...saved];
  const standing = (deployment: Deployment): Standing => standingOf(deployment, world.now(), world.options());
  const readable = (): Deployment[] => all.filter((one) => !isForgotten(one, world.now(), world.options()));

  return {
    create(modelName, body) {
      const now = world.now();
      const deployment: Deployment = {
        id: newId(),
        modelName,
        config: configOf(body),
        settings: scaleOf(body.settings),
        ...{ createdAtMs: now, updatedAtMs: now, startedAtMs: now },
        starts: 1,
        behaviour: world.behaviour(modelName),
        stopped: false,
        updatingUntilMs: 0,
      };
      all.push(deployment);
      return deployment;
    },
    readable,
    find: (id) => readable().find((one) => one.id === id),
    holderOf: (name) => all.find((one) => one.modelName === name && standing(one).live),
    standing,
    scale(deployment, settings) {
      const { updateError, updatingMs } = world.options();
      deployment.updatedAtMs = world.now();
      if (updateError !== "") {
        deployment.updateError = updateError;
        return;
      }
      deployment.settings = settings;
      delete deployment.runningInstances;
      deployment.updatingUntilMs = world.now() + updatingMs;
    },
    stop(deployment) {
      deployment.stopped = true;
      deployment.updatedAtMs = world.now();
    },
    start(deployment) {
      const now = world.now();
      Object.assign(deployment, { stopped: false, updatedAtMs: now, startedAtMs: now });
      deployment.behaviour = world.behaviour(deployment.modelName);
      deployment.starts++;
    },
    remove(deployment) {
      deployment.deletedAtMs ??= world.now();
      deployment.updatedAtMs = world.now();
    },
    shown: () => all.map((deployment) => shown(deployment, standing(deployment))),
    all: () => all,
  };
}

/**
 * Sixteen letters and digits, as the platform's. Drawn anew in each run, so that the state of an
 * earlier run's stack never meets somebody else's deployment under its id.
 */
function newId(): string {
  return [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join("");
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function configOf(body: CreateBody): Deployment["config"] {
  const { repo, revision, token } = body.hf ?? {};
  const weights = repo !== undefined && {
    repo,
    ...(revision === undefined ? {} : { revision }),
    ...(token === undefined ? {} : { token }),
  };
  return {
    gpu: body.gpu,
    numGpus: body.num_gpus,
    maxBatchSize: body.max_batch_size,
    ...(weights === false ? {} : { weights }),
  };
}

function shown(deployment: Deployment, { status, failReason, running, pending }: Standing): SimulatedDeployment {
  const { id, modelName, settings, config, createdAtMs, starts } = deployment;
  return {
    platform: "deepinfra",
    id,
    name: modelName,
    status,
    replicas: { running, pending, minimum: settings.min, maximum: settings.max },
    createdAtMs,
    removed: status === "deleted",
    starts,
    details: { gpu: config.gpu, numGpus: config.numGpus, ...(failReason === "" ? {} : { failReason }) },
  };
}
