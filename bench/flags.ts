/** The command line of the benchmark. */
import { spawnSync } from "node:child_process";
import { Command, InvalidArgumentError } from "commander";
import type { Plan } from "./plan";
import { type Program, programNames, factsOf } from "./programs";

export interface Flags {
  counts?: number[];
  readyAfter: number;
  runs?: number;
  parallel?: number;
  latency?: number;
  quick?: boolean;
  thousand?: boolean;
  publish?: boolean;
  profile?: boolean;
}

export function readFlags(): Flags {
  const counts = (text: string): number[] => text.split(",").map(wholeNumber);
  return new Command("bench")
    .description("Measures this provider beside others, with the real engine and the simulator.")
    .option("--counts <numbers>", "deployments in one stack (default: 1,10,100; with --quick 5)", counts)
    .option(
      "--ready-after <seconds>",
      "the longer readiness, measured beside one at once; 0 leaves it out",
      atLeastZero,
      3,
    )
    .option("--runs <number>", "rounds, of which the medians are taken (default: 3; with --quick 1)", wholeNumber)
    .option(
      "--parallel <number>",
      "the raised PULUMI_PARALLEL; 0 leaves it out (default: the largest count, 16 at least; with --quick 0)",
      atLeastZero,
    )
    .option(
      "--latency <milliseconds>",
      "what each answer takes in scenes of their own; 0 leaves them out (default: 150; with --quick 0)",
      atLeastZero,
    )
    .option("--thousand", "makes a thousand deployments, too: some minutes more")
    .option("--publish", "writes docs/benchmark-results.md, too")
    .option("--quick", "a look, in a minute or two")
    .option("--profile", "measures nothing, and profiles the largest count")
    .parse()
    .opts<Flags>();
}

export function planOf({ quick = false, counts = quick ? [5] : [1, 10, 100], ...flags }: Flags): Plan {
  const { runs, readyAfter, parallel, latency, thousand } = flags;
  return {
    counts,
    readyAfterSeconds: readyAfter,
    runs: runs ?? (quick ? 1 : 3),
    parallel: parallel ?? (quick ? 0 : Math.max(16, ...counts)),
    latencyMs: latency ?? (quick ? 0 : 150),
    thousand: thousand ?? false,
    leftOut: canRunScripts() ? [] : programNames.filter(isScript),
  };
}

function isScript(program: Program): boolean {
  return factsOf(program).tool === "shell";
}

/** What the scripts call, beside what every shell has. */
function canRunScripts(): boolean {
  return ["curl --version", "echo 1 | xargs -P 1 echo", "seq 1"].every(
    (command) => spawnSync("sh", ["-c", command]).status === 0,
  );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}

function atLeastZero(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("It must be a number from 0.");
  return value;
}
