/** The plain model: which deployment must be there after a run without faults, and how. */
import type { SimulatedDeployment } from "../../simulator";
import { fail } from "./judge";
import { randomPlatforms } from "./platforms";
import { urnFor } from "./program";
import type { Wanted } from "./program";
import type { Run } from "./run";
import { keyOf, somebodyElse } from "./world";

/** Longer than any start takes. */
export const longEnoughMs = 10 * 60_000;

/** The ids that must stay: nothing is wrong with these deployments that needs another one. By URN. */
export function keptIds(run: Run): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name, wanted] of run.wants) {
    const urn = urnFor(name, wanted);
    const id = run.engine.saved(urn)?.id;
    const deployment = id === undefined ? undefined : deploymentOf(run, id);
    if (id !== undefined && deployment !== undefined && mayStay(run, deployment, wanted)) kept.set(urn, id);
  }
  return kept;
}

function mayStay({ world }: Run, deployment: SimulatedDeployment, wanted: Wanted): boolean {
  const { fits, identity, nameOf } = randomPlatforms[wanted.platform];
  if (deployment.platform !== wanted.platform || nameOf(deployment) !== identity(wanted)) return false;
  const isBroken = /^(failed|deleted)$/i.test(deployment.status) || world.isGone(keyOf(deployment));
  return !isBroken && fits(deployment, wanted).make;
}

/** @throws Error that names each wish that is not fulfilled. */
export function judgeEnd(run: Run, kept: ReadonlyMap<string, string>): void {
  // Without a wait, it is ready later.
  run.world.clock.advance(longEnoughMs);
  for (const [name, wanted] of run.wants) {
    fail(`the program wants ${name} to be ${JSON.stringify(wanted)}`, unfulfilled(run, name, wanted, kept));
  }
}

function unfulfilled(run: Run, name: string, wanted: Wanted, kept: ReadonlyMap<string, string>): string[] {
  const urn = urnFor(name, wanted);
  const saved = run.engine.saved(urn);
  if (saved === undefined) return ["it is not in state"];
  const deployment = deploymentOf(run, saved.id);
  if (deployment === undefined) return [`${saved.id} does not exist`];
  const mustBe = kept.get(urn);
  return [
    ...(mustBe === undefined || mustBe === saved.id ? [] : [`${mustBe} was replaced by ${saved.id} for no reason`]),
    ...wrongWith(run, urn, deployment, wanted),
    ...wrongInState(wanted, saved.outputs["status"]),
  ];
}

function wrongWith(run: Run, urn: string, deployment: SimulatedDeployment, wanted: Wanted): string[] {
  const { fits, identity, nameOf, serves } = randomPlatforms[wanted.platform];
  const [key, { make, size }] = [keyOf(deployment), fits(deployment, wanted)];
  if (nameOf(deployment) !== identity(wanted)) return [`${key} has the name ${nameOf(deployment)}`];
  const isMovedAway = wanted.platform === "opensearch" && wanted.size === 1 && run.world.isMoved(key);
  const stands = wanted.platform === "foundry" && wanted.enabled === false;
  const isAsWanted = stands ? deployment.removed : serves(deployment);
  const wrong = [
    ...(isAsWanted ? [] : [`${key} is ${deployment.status}`]),
    ...(make ? [] : [`${key} is of the other make`]),
    ...(size || isMovedAway
      ? []
      : [`${key} has another size: ${JSON.stringify([deployment.replicas, deployment.details])}`]),
  ];
  // Kore has no request that reads what a model does: nobody can know of this one.
  const isDark = [somebodyElse, urn].includes(run.world.traffic.darkened.get(key) ?? "");
  if (wrong.length === 0 || !isDark) return wrong;
  run.figures.unknowable++;
  return [];
}

function wrongInState({ enabled, platform, waitForReady }: Wanted, status: unknown): string[] {
  if (waitForReady === false) return [];
  const expected = platform === "foundry" && enabled === false ? ["stopped"] : ["ready"];
  // The record of a job may be gone, and then Kore cannot be asked.
  if (platform === "kore") expected.push("unknown");
  return expected.includes(String(status)) ? [] : [`the state says ${String(status)}`];
}

function deploymentOf({ world }: Run, key: string): SimulatedDeployment | undefined {
  return world.simulator.deployments().find((one) => keyOf(one) === key);
}
