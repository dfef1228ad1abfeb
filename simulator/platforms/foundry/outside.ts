/** Changes that somebody makes in Foundry, or that happen by themselves. */
import { z } from "zod";
import { type OutsideChange, SimulatorError, type World } from "../../platform";
import type { Deployment } from "./deployment";
import type { Deployments } from "./deployments";
import type { FoundryOptions } from "./options";
import type { Tokens } from "./tokens";

const changes = z.discriminatedUnion("action", [
  z.object({ action: z.literal("disable") }),
  z.object({ action: z.literal("start") }),
  /** The model is trashed, and nothing of it can be read any more. */
  z.object({ action: z.literal("delete") }),
  /** It serves from now on, whatever its scenario says. */
  z.object({ action: z.literal("finish") }),
  z.object({ action: z.literal("fail") }),
  /** Some replicas are not healthy. */
  z.object({ action: z.literal("degrade") }),
  /** Any state, for ever. */
  z.object({ action: z.literal("status"), status: z.string(), isReady: z.boolean().default(false) }),
  /** Autoscaling, within the bounds. */
  z.object({ action: z.literal("scale"), running: z.int().min(0) }),
  /** Somebody changes parts of the configuration. */
  z.object({ action: z.literal("configure"), runtimeConfiguration: z.record(z.string(), z.unknown()) }),
  /** Somebody publishes a version to the branch. */
  z.object({ action: z.literal("publish") }),
  /** Fetched tokens are revoked; `id` does not matter. */
  z.object({ action: z.literal("revoke-tokens") }),
]);

export function actOnFoundry(
  world: World<FoundryOptions>,
  deployments: Deployments,
  tokens: Tokens,
  change: OutsideChange,
): void {
  const parsed = changes.safeParse(change);
  if (!parsed.success) {
    const actions = changes.options.map(({ shape }) => shape.action.value).join(", ");
    throw new SimulatorError(
      `foundry cannot "${change.action}" so; actions are ${actions}\n${z.prettifyError(parsed.error)}`,
    );
  }
  if (parsed.data.action === "revoke-tokens") return tokens.revoke();
  const deployment = deployments.find(change.id);
  if (deployment === undefined) throw new SimulatorError(`foundry has no live deployment ${change.id}`);
  apply(world, deployments, deployment, parsed.data);
}

function apply(
  world: World<FoundryOptions>,
  deployments: Deployments,
  deployment: Deployment,
  change: z.output<typeof changes>,
): void {
  switch (change.action) {
    case "disable":
      return deployments.disable(deployment);
    case "start":
      return deployments.start(deployment);
    case "delete":
      deployment.deletedAtMs = world.now();
      return;
    case "finish":
      delete deployment.forced;
      delete deployment.disabledAtMs;
      deployment.behaviour = { ...deployment.behaviour, outcome: "ready", readyAfterMs: 0 };
      return;
    case "fail":
      deployment.forced = { state: "FAILED", isReady: false };
      return;
    case "degrade":
      deployment.forced = { state: "DEGRADED", isReady: true };
      return;
    case "status":
      deployment.forced = { state: change.status, isReady: change.isReady };
      return;
    case "scale":
      deployment.runningReplicas = change.running;
      return;
    case "configure":
      Object.assign(deployment.configuration, change.runtimeConfiguration);
      return;
    case "publish":
      return deployments.publish(deployment);
    case "revoke-tokens":
      return;
  }
}
