/** Plays a sequence against the core and the simulator, and judges each step. */
import { createSmallEngine } from "../support/small-engine";
import type { Outcomes, SmallEngine } from "../support/small-engine";
import { finish } from "./end";
import type { Figures } from "./figures";
import { createHost } from "./host";
import type { Host } from "./host";
import { createJudge } from "./judge";
import type { Judge } from "./judge";
import { randomPlatforms } from "./platforms";
import { changeProgram, present, wantsOf, wishesFor } from "./program";
import type { Wanted, Wants } from "./program";
import type { EngineStep, Sequence, Step } from "./steps";
import { keyOf, platformOf, somebodyElse } from "./world";
import type { World } from "./world";

export interface Run {
  world: World;
  host: Host;
  engine: SmallEngine;
  judge: Judge;
  wants: Wants;
  figures: Figures;
  /** What an error named, and a line `adopt` brought back, by key. */
  followed: Set<string>;
}

const betweenCommandsMs = 5_000;

/** @throws Error with what is wrong, and in which step. */
export async function play(world: World, { program, oneMachine, steps }: Sequence, figures: Figures): Promise<void> {
  world.reset();
  const host = createHost(world, oneMachine);
  const engine = createSmallEngine(host.provider);
  const judge = createJudge(world, engine);
  const run: Run = { world, host, engine, judge, wants: wantsOf(program), figures, followed: new Set() };
  for (const [index, step] of steps.entries()) {
    await naming(`step ${index + 1} (${step.do})`, () => playStep(run, step));
  }
  await naming("the end", () => finish(run));
  figures.sequences++;
  figures.requests += world.traffic.requests;
  figures.struck += world.traffic.struck;
}

async function naming(where: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function playStep(run: Run, step: Step): Promise<void> {
  run.figures.steps++;
  switch (step.do) {
    case "nothing":
      return;
    case "up":
    case "refresh":
    case "destroy":
    case "refresh and up":
      return void (await operate(run, step));
    case "outside":
      return actOutside(run, step);
    case "by hand":
      return makeByHand(run, step);
    case "fault":
      return run.world.traffic.add(step.fault);
    case "fares":
      return run.world.fares(step.platform, step.how);
    case "pass":
      return run.world.clock.advance(step.seconds * 1000);
    case "want":
    case "change":
    case "drop":
    case "swap":
    case "adopt":
    case "unadopt":
      return changeProgram(run.wants, step, (wanted) => idToAdopt(run, wanted));
  }
}

/** One command of the engine, as often killed or cancelled as the step says, and what has to hold after it. */
export async function operate(run: Run, step: EngineStep): Promise<Outcomes> {
  const { engine, figures, host, judge, world } = run;
  const { traffic } = world;
  let restart: (() => void) | undefined;
  // Nobody types faster; retries within a command take none of the platforms' time.
  world.clock.advance(betweenCommandsMs);
  host.startProcess();
  judge.startOperation(run.wants);
  const { kill } = step;
  if (kill !== undefined) {
    traffic.interrupt(kill, () => {
      restart = engine.kill();
      if (kill.both) host.die();
      else host.abort();
      figures.kills++;
    });
  } else if (step.cancel !== undefined) {
    traffic.interrupt(step.cancel, () => {
      host.abort();
      figures.cancels++;
    });
  }
  const outcomes = await command(run, step);
  await traffic.settled();
  figures.operations++;
  judge.judge(outcomes, host.takeLines(), restart !== undefined);
  restart?.();
  return outcomes;
}

async function command({ engine, wants }: Run, step: EngineStep): Promise<Outcomes> {
  if (step.do === "destroy") return engine.destroy();
  if (step.do === "up") return engine.up(wishesFor(wants));
  const refreshed = await engine.refresh();
  // The engine goes no further after a refresh that failed.
  if (step.do === "refresh" || [...refreshed.values()].some(({ error }) => error !== undefined)) return refreshed;
  return engine.up(wishesFor(wants));
}

/** The deployment that stands under the wish's name now, a running one first. */
function standing({ world }: Run, wish: Pick<Wanted, "platform" | "name" | "make">) {
  const platform = randomPlatforms[wish.platform];
  const named = world.simulator
    .deployments(wish.platform)
    .filter((one) => platform.nameOf(one) === platform.identity(wish as Wanted) && !world.isGone(keyOf(one)));
  return named.find((one) => !one.removed) ?? named.at(-1);
}

function idToAdopt(run: Run, wanted: Wanted): string | undefined {
  const found = standing(run, wanted);
  return found === undefined || found.removed ? undefined : found.id;
}

function actOutside(run: Run, { resource, act }: Extract<Step, { do: "outside" }>): void {
  const wanted = run.wants.get(present(run.wants, resource));
  const deployment = wanted && standing(run, wanted);
  if (deployment === undefined) return;
  const change = platformOf(deployment).outside(act, deployment);
  if (change === undefined) return;
  run.world.act(change, run.judge.isInState(keyOf(deployment)) ? undefined : somebodyElse);
  run.figures.outside++;
}

async function makeByHand(run: Run, { platform, name, make }: Extract<Step, { do: "by hand" }>): Promise<void> {
  const wish: Wanted = { platform, name, make, size: 2 };
  const there = standing(run, wish);
  if (there !== undefined && (!there.removed || run.judge.isInState(keyOf(there)))) return;
  run.world.traffic.notice(undefined);
  await randomPlatforms[platform].byHand(run.world.simulator, wish, there);
  run.world.traffic.notice(somebodyElse);
  run.figures.byHand++;
}
