/** The end of a run: no more faults, and a user who does what the errors say. */
import type { SimulatedDeployment } from "../../simulator";
import { fail, shown } from "./judge";
import { judgeEnd, keptIds, longEnoughMs } from "./model";
import { letterOf } from "./platforms";
import { identityOf, urnFor } from "./program";
import type { Wanted } from "./program";
import { operate } from "./run";
import type { Run } from "./run";
import { keyOf, platformOf } from "./world";

/** Runs that fail although nothing was left to do, before somebody gives up. */
const patience = 3;
/** Against a user and a provider who send each other round in circles. */
const longestEnd = 20;

export async function finish(run: Run): Promise<void> {
  run.world.calm();
  // What fails at its start has done so.
  run.world.clock.advance(2_000);
  nameLostAgain(run);
  const kept = keptIds(run);
  await upUntilItSucceeds(run);
  countLost(run);
  judgeEnd(run, kept);
  await secondUpChangesNothing(run);
  await destroyUntilItSucceeds(run);
}

/** What was lost while the program wanted it, and is wanted no more, is wanted again: that is how it is found. */
function nameLostAgain({ figures, judge, wants }: Run): void {
  for (const [index, { deployment }] of judge.unknown().entries()) {
    const wanted = wishFor(deployment);
    if ([...wants.values()].some((other) => identityOf(other) === identityOf(wanted))) continue;
    wants.set(`lost-${index + 1}`, wanted);
    figures.namedAgain++;
  }
}

/** A wish that the deployment fits, where there is one. */
function wishFor(deployment: SimulatedDeployment): Wanted {
  const base = { platform: deployment.platform as Wanted["platform"], name: letterOf(deployment) };
  const candidates = ([1, 2] as const).flatMap((make) =>
    ([1, 2, 3] as const).map((size): Wanted => ({ ...base, make, size })),
  );
  const { fits, identity, nameOf } = platformOf(deployment);
  const named = candidates.filter((wish) => identity(wish) === nameOf(deployment));
  const fitting = named.filter((wish) => fits(deployment, wish).make);
  const [first] = [...fitting.filter((wish) => fits(deployment, wish).size), ...fitting, ...named];
  if (first === undefined) throw new Error(`no wish is for ${keyOf(deployment)}`);
  return first;
}

async function upUntilItSucceeds(run: Run): Promise<void> {
  const withheld = new Map<string, Wanted>();
  let failures = 0;
  for (let count = 0; count < longestEnd; count++) {
    const outcomes = await operate(run, { do: "refresh and up" });
    const errors = [...outcomes].flatMap(([urn, { error }]) => (error === undefined ? [] : [[urn, error] as const]));
    if (errors.length === 0 && withheld.size === 0) return;
    const reactions = errors.filter(([urn, error]) => react(run, withheld, urn, error.message));
    if (errors.length === 0) {
      for (const [name, wanted] of withheld) run.wants.set(name, wanted);
      withheld.clear();
    } else if (reactions.length === 0 && ++failures >= patience) {
      throw new Error(`does not succeed: ${errors.map(([urn, { message }]) => `${urn}: ${message}`).join("; ")}`);
    }
  }
  throw new Error("does not come to an end");
}

/** What the user does about an error. False when there is nothing but to run the command again. */
function react(run: Run, withheld: Map<string, Wanted>, urn: string, message: string): boolean {
  const entry = [...run.wants].find(([name, wanted]) => urnFor(name, wanted) === urn);
  if (entry === undefined) return false;
  const [name, wanted] = entry;
  const { adopt, ...without } = wanted;
  if (adopt !== undefined && /to adopt; correct|cannot be adopted/.test(message)) {
    removeByHand(run, `${wanted.platform}/${adopt}`);
    run.wants.set(name, without);
    return true;
  }
  const made = /made deployment (\S+) for this resource/.exec(message)?.[1];
  if (made !== undefined) {
    removeByHand(run, `${wanted.platform}/${made}`);
    return true;
  }
  if (message.includes("when that has ended")) {
    run.world.clock.advance(longEnoughMs);
    return true;
  }
  const id = /adopt: "([^"]+)"/.exec(message)?.[1];
  if (id === undefined) return false;
  const key = `${wanted.platform}/${id}`;
  const found = run.world.started().find(({ deployment }) => keyOf(deployment) === key);
  if (found === undefined) throw new Error(`an error names ${key}, which does not exist: ${message}`);
  if (run.judge.isInState(key)) {
    withheld.set(name, wanted);
    run.wants.delete(name);
    run.figures.untangled++;
  } else if (run.judge.isForeign(found) && platformOf(found.deployment).givesIds) {
    run.wants.delete(name);
    run.figures.refused++;
  } else {
    run.wants.set(name, { ...wanted, adopt: id });
    run.followed.add(key);
  }
  return true;
}

/** One of ours that does not fit any more is removed in the dashboard; somebody else's stays. */
function removeByHand({ judge, world }: Run, key: string): void {
  const lost = world.started().find((one) => keyOf(one.deployment) === key && !judge.isForeign(one));
  if (judge.isInState(key) || world.isGone(key)) return;
  const change = lost && platformOf(lost.deployment).outside("remove", lost.deployment);
  if (change !== undefined) world.act(change, undefined);
}

function countLost({ engine, figures, followed, judge }: Run): void {
  const held = new Set(engine.resources().map(({ id }) => id));
  figures.lost += judge.everLost.size;
  figures.adopted += followed.size;
  figures.takenOver += [...judge.everLost].filter((key) => held.has(key) && !followed.has(key)).length;
}

async function secondUpChangesNothing(run: Run): Promise<void> {
  const before = run.world.traffic.changes.length;
  const outcomes = await operate(run, { do: "refresh and up" });
  const said = [...outcomes].map(([urn, { operation, error }]) => `${urn}: ${operation} ${error?.message ?? ""}`);
  fail(
    `a second up asked for a change (${said.join("; ")})`,
    run.world.traffic.changes.slice(before).map(({ method, path }) => `${method} ${path}`),
  );
  fail(
    "a second up is not empty",
    said.filter((line) => !/: same $/.test(line)),
  );
}

async function destroyUntilItSucceeds(run: Run): Promise<void> {
  for (let count = 1; ; count++) {
    const errors = [...(await operate(run, { do: "destroy" })).values()].flatMap(({ error }) => error?.message ?? []);
    if (errors.length === 0) break;
    if (count === patience) fail("destroy does not succeed", errors);
  }
  fail(
    "left in state after destroy",
    run.engine.resources().map(({ id }) => id),
  );
  fail(
    "runs after destroy",
    run.world
      .running()
      .filter((one) => !run.judge.isForeign(one))
      .map(shown),
  );
}
