/** Which scenes are measured, and in which order. */
import type { Scene } from "./measurement";
import { factsOf, type Program, programNames } from "./programs";

export interface Plan {
  counts: readonly number[];
  /** The longer readiness, measured beside a platform that is ready at once; 0 leaves it out. */
  readyAfterSeconds: number;
  runs: number;
  /** For the run with more slots than the engine's default; 0 leaves it out. */
  parallel: number;
  /** What each answer takes in the scenes with a slow platform; 0 leaves them out. */
  latencyMs: number;
  /** Whether a thousand deployments are made, too. */
  thousand: boolean;
  /** What this machine cannot run. */
  leftOut: readonly Program[];
}

/**
 * All scenes of one round after the other: the programs take turns, so that a busy minute strikes all of them.
 * What is long, and varies little beside its length, is measured in the first round only.
 */
export function scenesOf(plan: Plan): Scene[] {
  const rounds = Array.from({ length: plan.runs }, (_, round) => [
    ...readyAtOnce(plan, round),
    ...waiting(plan, round),
    ...(round < plan.runs / 2 ? slow(plan) : []),
    ...(round === 0 ? [...moreSlots(plan), ...thousand(plan)] : []),
  ]);
  return rounds.flat();
}

export function programsOf({ leftOut }: Plan): Program[] {
  return programNames.filter((program) => !leftOut.includes(program));
}

/** The goals are about the largest stack. */
export function largestCount({ counts }: Plan): number {
  return Math.max(...counts);
}

function readyAtOnce(plan: Plan, round: number): Scene[] {
  const taking = programsOf(plan).filter((program) => round === 0 || factsOf(program).rounds === "every");
  return plan.counts.flatMap((count) =>
    taking.map((program) => ({ program, count, readyAfterSeconds: 0, commands: factsOf(program).commands })),
  );
}

/** A wait for all at once is as short as its longest, so that the largest of them takes its turn in each round. */
function waiting(plan: Plan, round: number): Scene[] {
  const { counts, readyAfterSeconds } = plan;
  if (readyAfterSeconds === 0) return [];
  const isDue = (program: Program, count: number): boolean =>
    round === 0 || (factsOf(program).waits === "together" && count === largestCount(plan));
  const waiters = programsOf(plan).filter((program) => factsOf(program).waits !== "never");
  return counts.flatMap((count) =>
    waiters
      .filter((program) => isDue(program, count))
      .map((program): Scene => ({ program, count, readyAfterSeconds, commands: ["up"] })),
  );
}

/** The floor knows no readiness. */
function moreSlots(plan: Plan): Scene[] {
  const { parallel, readyAfterSeconds } = plan;
  if (parallel === 0 || readyAfterSeconds === 0) return [];
  const scene = { count: largestCount(plan), parallel, commands: ["up"] } as const;
  return [
    { program: "empty", readyAfterSeconds: 0, ...scene },
    { program: "dynamic", readyAfterSeconds, ...scene },
  ];
}

function slow(plan: Plan): Scene[] {
  const { latencyMs } = plan;
  if (latencyMs === 0) return [];
  return programsOf(plan)
    .map((program) => ({ program, ways: factsOf(program).detections }))
    .filter(({ ways }) => ways.length > 0)
    .map(({ program, ways }) => ({
      ...{ program, count: largestCount(plan), readyAfterSeconds: 0, latencyMs },
      commands: ["up", ...ways, "refresh", "destroy"],
    }));
}

/** Minutes, since the engine writes the whole state for each resource. */
function thousand(plan: Plan): Scene[] {
  if (!plan.thousand) return [];
  const scene = { count: 1000, readyAfterSeconds: 0, commands: ["up"] } as const;
  return [
    { program: "dynamic", ...scene },
    { program: "native", ...scene },
  ];
}
