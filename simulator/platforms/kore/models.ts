/** The account's models, the jobs that deploy and undeploy them, and where each stands at a moment. */
import { randomUUID } from "node:crypto";
import type { Behaviour, SimulatedDeployment, World } from "../../platform";
import { stateAt } from "../../timeline";
import type { DeployBody } from "./bodies";
import type { KoreOptions } from "./options";

export type JobAction = "DEPLOY" | "UNDEPLOY";

export interface Job {
  id: string;
  model: Model;
  action: JobAction;
  startedAtMs: number;
  behaviour: Behaviour;
  /** The answers of a platform whose jobs are over at once. */
  immediate: boolean;
  /** Set from outside. */
  forced?: { status: "SUCCESS" | "FAILED"; reason: string };
  forgotten: boolean;
}

export interface Model {
  id: string;
  /** As the server names it: a redeploy appends a version. */
  name: string;
  body: DeployBody;
  modelType: string;
  createdAtMs: number;
  deploys: number;
  lastJob: Job;
  /** Undeployed by the system or in the console, which no job tells. */
  undeployedOutside: boolean;
}

export interface Models {
  deploy(id: string, modelType: string, body: DeployBody): Job;
  undeploy(model: Model): Job;
  model(id: string): Model | undefined;
  job(id: string): Job | undefined;
  status(job: Job): string;
  reason(job: Job): string;
  /** The console's word, which no API tells. */
  consoleStatus(model: Model): ConsoleStatus;
  shown(): SimulatedDeployment[];
}

export type ConsoleStatus = "Deploying" | "Deployed" | "Failed" | "Ready to Deploy";

export function createModels(world: World<KoreOptions>): Models {
  const models = new Map<string, Model>();
  const jobs = new Map<string, Job>();

  function startJob(model: Model, action: JobAction): Job {
    const behaviour = world.behaviour(model.body.name);
    const { immediate } = world.options();
    const startedAtMs = world.now();
    const job: Job = { id: `ds-${randomUUID()}`, model, action, startedAtMs, behaviour, immediate, forgotten: false };
    model.lastJob = job;
    model.undeployedOutside = false;
    jobs.set(job.id, job);
    return job;
  }

  function status(job: Job): string {
    return statusOf(job, world.now(), world.options().middleStatus);
  }

  function consoleStatus(model: Model): ConsoleStatus {
    const last = status(model.lastJob);
    if (model.undeployedOutside) return "Ready to Deploy";
    if (last === "FAILED") return model.lastJob.action === "DEPLOY" ? "Failed" : "Deployed";
    if (model.lastJob.action === "UNDEPLOY") return "Ready to Deploy";
    return last === "SUCCESS" ? "Deployed" : "Deploying";
  }

  return {
    deploy(id, modelType, body) {
      const known = models.get(id);
      // Cast: the job that the model lacks is started below.
      const model = known ?? ({ id, createdAtMs: world.now(), deploys: 0 } as Model);
      const name = known === undefined ? body.name : `${body.name}_v${known.deploys}`;
      Object.assign(model, { name, body, modelType, deploys: model.deploys + 1 });
      models.set(id, model);
      return startJob(model, "DEPLOY");
    },
    undeploy: (model) => startJob(model, "UNDEPLOY"),
    model: (id) => models.get(id),
    job: (id) => jobs.get(id),
    status,
    reason: (job) => job.forced?.reason ?? reasonOf(job.behaviour),
    consoleStatus,
    shown: () => [...models.values()].map((model) => shown(model, consoleStatus(model))),
  };
}

function statusOf(job: Job, now: number, middleStatus: string): string {
  if (job.forced !== undefined) return job.forced.status;
  const { outcome, readyAfterMs, removedAfterMs } = job.behaviour;
  const deploys = job.action === "DEPLOY";
  const last = deploys && outcome !== "ready" ? "FAILED" : "SUCCESS";
  if (job.immediate) return last;
  const between = middleStatus === "" ? [] : [middleStatus];
  return stateAt(["IN_PROGRESS", ...between, last], now - job.startedAtMs, deploys ? readyAfterMs : removedAfterMs);
}

function reasonOf({ outcome, failureReason }: Behaviour): string {
  return outcome === "no-capacity" ? "No instance of the device type is available" : failureReason;
}

function shown(model: Model, status: ConsoleStatus): SimulatedDeployment {
  const { minReplicas, maxReplicas } = model.body.scalingParameters ?? {};
  return {
    platform: "kore",
    id: model.id,
    name: model.name,
    status,
    replicas: {
      running: status === "Deployed" ? (minReplicas ?? 1) : 0,
      ...(minReplicas === undefined ? {} : { minimum: minReplicas }),
      ...(maxReplicas === undefined ? {} : { maximum: maxReplicas }),
    },
    createdAtMs: model.createdAtMs,
    removed: status === "Ready to Deploy",
    starts: model.deploys,
    details: { modelType: model.modelType, deviceType: model.body.deviceType, lastJob: model.lastJob.id },
  };
}
