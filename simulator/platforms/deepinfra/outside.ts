/** Changes that somebody makes in the platform's dashboard, or that happen by themselves. */
import { z } from "zod";
import { type OutsideChange, SimulatorError, type World } from "../../platform";
import type { Deployment } from "./deployment";
import type { Deployments } from "./deployments";
import type { DeepinfraOptions } from "./options";

const count = z.int().min(0);

const changes = z.discriminatedUnion("action", [
  z.object({ action: z.literal("stop") }),
  z.object({ action: z.literal("start") }),
  z.object({ action: z.literal("delete") }),
  /** The deployment serves from now on, whatever its scenario says. */
  z.object({ action: z.literal("finish") }),
  z.object({ action: z.literal("fail"), reason: z.string().default("the engine crashed") }),
  /** Any status word, for ever. */
  z.object({ action: z.literal("status"), status: z.string() }),
  /** Autoscaling: the bounds stay. */
  z.object({ action: z.literal("scale"), running: count }),
  /** Somebody changes the bounds. */
  z.object({ action: z.literal("configure"), minInstances: count.optional(), maxInstances: count.optional() }),
]);

export function actOnDeployment(world: World<DeepinfraOptions>, deployments: Deployments, change: OutsideChange): void {
  const parsed = changes.safeParse(change);
  if (!parsed.success) {
    const actions = changes.options.map(({ shape }) => shape.action.value).join(", ");
    throw new SimulatorError(
      `deepinfra cannot "${change.action}" so; actions are ${actions}\n${z.prettifyError(parsed.error)}`,
    );
  }
  const deployment = deployments.find(change.id) ?? deployments.holderOf(change.id);
  if (deployment === undefined) throw new SimulatorError(`deepinfra has no deployment ${change.id}`);
  apply(world, deployments, deployment, parsed.data);
}

function apply(
  world: World<DeepinfraOptions>,
  deployments: Deployments,
  deployment: Deployment,
  change: z.output<typeof changes>,
): void {
  switch (change.action) {
    case "stop":
      delete deployment.forced;
      return deployments.stop(deployment);
    case "start":
      delete deployment.forced;
      return deployments.start(deployment);
    case "delete":
      return deployments.remove(deployment);
    case "finish":
      delete deployment.forced;
      deployment.behaviour = { ...deployment.behaviour, outcome: "ready", readyAfterMs: 0 };
      deployment.stopped = false;
      return;
    case "fail":
      deployment.forced = { status: "failed", reason: change.reason };
      return;
    case "status":
      deployment.forced = { status: change.status, reason: "" };
      return;
    case "scale":
      deployment.runningInstances = change.running;
      return;
    case "configure":
      deployment.settings = {
        min: change.minInstances ?? deployment.settings.min,
        max: change.maxInstances ?? deployment.settings.max,
      };
      deployment.updatedAtMs = world.now();
  }
}
