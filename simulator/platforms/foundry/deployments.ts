/** All live deployments, and what can be done to them, through the API or from outside. */
import { randomUUID } from "node:crypto";
import type { SimulatedDeployment, World } from "../../platform";
import type { RuntimeConfiguration } from "./bodies";
import { type Deployment, standingOf } from "./deployment";
import type { FoundryOptions } from "./options";

export interface Deployments {
  create(modelRid: string, branch: string, configuration: RuntimeConfiguration): Deployment;
  find(rid: string): Deployment | undefined;
  /** Those of a model, and of one of its branches when it is given. */
  ofModel(modelRid: string, branch: string | undefined): Deployment[];
  replace(deployment: Deployment, configuration: RuntimeConfiguration): void;
  /** Without effect on one that starts or runs (documented). */
  start(deployment: Deployment): void;
  disable(deployment: Deployment): void;
  /** Somebody publishes a version to the branch, and its deployment follows (documented). */
  publish(deployment: Deployment): void;
  shown(): SimulatedDeployment[];
}

export function createDeployments(world: World<FoundryOptions>): Deployments {
  const all: Deployment[] = [];

  function restart(deployment: Deployment): void {
    deployment.behaviour = world.behaviour(nameOf(deployment));
    deployment.startedAtMs = world.now();
    deployment.starts++;
    delete deployment.disabledAtMs;
    delete deployment.forced;
    delete deployment.runningReplicas;
  }

  function isAtRest(deployment: Deployment): boolean {
    const { state } = standingOf(deployment, world.now(), world.options());
    return deployment.disabledAtMs !== undefined || state === "FAILED";
  }

  return {
    create(modelRid, branch, configuration) {
      const now = world.now();
      const deployment: Deployment = {
        rid: `ri.foundry-ml-live.main.live-deployment.${randomUUID()}`,
        ...{ modelRid, branch, configuration },
        modelVersionRid: newVersion(),
        ...{ createdAtMs: now, startedAtMs: now },
        starts: 1,
        behaviour: world.behaviour(nameOf({ modelRid, branch })),
      };
      all.push(deployment);
      return deployment;
    },
    find: (rid) => all.find((one) => one.rid === rid && one.deletedAtMs === undefined),
    ofModel: (modelRid, branch) =>
      all.filter(
        (one) =>
          one.deletedAtMs === undefined && one.modelRid === modelRid && (branch === undefined || one.branch === branch),
      ),
    replace(deployment, configuration) {
      const { omittedFields, replaceRestarts, replaceShowsAfterMs, replaceStartsDisabled } = world.options();
      const { configuration: former } = deployment;
      deployment.formerConfiguration = { configuration: former, untilMs: world.now() + replaceShowsAfterMs };
      deployment.configuration = omittedFields === "kept" ? { ...former, ...configuration } : configuration;
      const isStopped = deployment.disabledAtMs !== undefined;
      // That a failed one is tried again with the new configuration is inferred.
      if (isStopped ? replaceStartsDisabled : replaceRestarts || isAtRest(deployment)) restart(deployment);
    },
    start(deployment) {
      if (isAtRest(deployment)) restart(deployment);
    },
    disable(deployment) {
      deployment.disabledAtMs ??= world.now();
    },
    publish(deployment) {
      deployment.modelVersionRid = newVersion();
    },
    shown: () => all.map((deployment) => shown(deployment, world.now(), world.options())),
  };
}

/** The name under which a scenario finds it. */
function nameOf({ branch, modelRid }: Pick<Deployment, "branch" | "modelRid">): string {
  return `${modelRid}/${branch}`;
}

function newVersion(): string {
  return `ri.models.main.model-version.${randomUUID()}`;
}

function shown(deployment: Deployment, now: number, options: FoundryOptions): SimulatedDeployment {
  const { branch, configuration, createdAtMs, deletedAtMs, modelRid, modelVersionRid, rid, starts } = deployment;
  const { isReady, pending, running, state } = standingOf(deployment, now, options);
  // Values of environment variables may be secrets.
  const { environmentVariables = {}, ...runtimeConfiguration } = configuration;
  return {
    platform: "foundry",
    id: rid,
    name: nameOf(deployment),
    status: state,
    replicas: { running, pending, minimum: configuration.minReplicas, maximum: configuration.maxReplicas },
    createdAtMs,
    removed: state === "DISABLED" || deletedAtMs !== undefined,
    starts,
    details: {
      ...{ modelRid, branch, modelVersionRid, isReady, runtimeConfiguration },
      environmentVariableNames: Object.keys(environmentVariables),
    },
  };
}
