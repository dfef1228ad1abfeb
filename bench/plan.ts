/** Which scenes are measured, and in which order. */
import { allCommands, detections, type Scene } from "./measurement";

export interface Plan {
  counts: readonly number[];
  /** The longer readiness, measured beside a platform that is ready at once; 0 leaves it out. */
  readyAfterSeconds: number;
  runs: number;
  /** For the run with more slots than the engine's default. */
  parallel: number;
  /** Deployments in the stack that is looked over for drift; 0 leaves that out. */
  driftCount: number;
  /** What each answer takes while drift is looked for: about that of an API on the other side of a country. */
  latencyMs: number;
}

/** All scenes of one round after the other: provider and floor take turns, so that a busy minute strikes both. */
export function scenesOf(plan: Plan): Scene[] {
  const rounds = Array.from({ length: plan.runs }, (_, round) => [
    ...plan.counts.flatMap(readyAtOnce),
    ...(round < waitingRounds(plan) ? waiting(plan) : []),
    ...detecting(plan),
  ]);
  return rounds.flat();
}

/** Waits are long and vary little beside their length. */
function waitingRounds({ readyAfterSeconds, runs }: Plan): number {
  return readyAfterSeconds === 0 ? 0 : Math.ceil(runs / 2);
}

function readyAtOnce(count: number): Scene[] {
  const scene = { count, readyAfterSeconds: 0, commands: allCommands };
  return [
    { ...scene, program: "empty" },
    { ...scene, program: "inference" },
  ];
}

/** The floor knows no readiness, and was measured with the default parallelism above. */
function waiting({ counts, readyAfterSeconds, parallel }: Plan): Scene[] {
  const commands = ["up"] as const;
  const largest = Math.max(...counts);
  return [
    ...counts.map((count): Scene => ({ program: "inference", count, readyAfterSeconds, commands })),
    { program: "empty", count: largest, readyAfterSeconds: 0, parallel, commands },
    { program: "inference", count: largest, readyAfterSeconds, parallel, commands },
  ];
}

function detecting({ driftCount, latencyMs }: Plan): Scene[] {
  if (driftCount === 0) return [];
  return [
    { program: "inference", count: driftCount, readyAfterSeconds: 0, latencyMs, commands: ["up", ...detections] },
  ];
}
