/** `npm run bench`: measures this provider beside an empty one, with the real engine and the simulator. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type Engine, projectRoot } from "../engine/engine";
import { findEngine } from "../engine/find-engine";
import { runQuietly } from "../engine/run-quietly";
import { currentLoad, describeMachine } from "./machine";
import { measureScene, prepareStacks } from "./measure";
import type { Measurement, Scene } from "./measurement";
import { type Plan, scenesOf } from "./plan";
import { report } from "./report";
import { forkSimulator } from "./simulator";
import { createWorkspace } from "./workspace";

interface Flags {
  counts?: number[];
  readyAfter: number;
  runs?: number;
  parallel?: number;
  driftCount?: number;
  latency: number;
  quick?: boolean;
}

const resultsFolder = join(__dirname, "results");

async function main(flags: Flags): Promise<void> {
  const plan = planOf(flags);
  const loadBefore = currentLoad();
  const engine = await findEngine();
  await build();
  const measurements = await measureAll(engine, scenesOf(plan));

  const machine = describeMachine(engine, loadBefore);
  const text = report(machine, plan, measurements);
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, "latest.md"), text);
  writeFileSync(
    join(resultsFolder, "latest.json"),
    `${JSON.stringify({ machine, plan, measurements }, undefined, 2)}\n`,
  );
  console.log(text);
}

function planOf({ quick = false, counts = quick ? [10] : [1, 10, 50], ...flags }: Flags): Plan {
  const { runs, readyAfter, parallel, driftCount, latency } = flags;
  return {
    counts,
    readyAfterSeconds: readyAfter,
    runs: runs ?? (quick ? 1 : 3),
    parallel: parallel ?? Math.max(16, ...counts),
    driftCount: driftCount ?? (quick ? 20 : 200),
    latencyMs: latency,
  };
}

/** The programs load the package as users do: compiled. */
async function build(): Promise<void> {
  const compiler = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  const parameters = [compiler, "-p", "tsconfig.build.json"];
  const run = await runQuietly(process.execPath, parameters, { cwd: projectRoot, environment: process.env });
  if (!run.succeeded) throw new Error(`The package can't be built:\n${run.output}`);
}

async function measureAll(engine: Engine, scenes: readonly Scene[]): Promise<Measurement[]> {
  const workspace = createWorkspace(engine);
  const simulator = forkSimulator();
  const cleanUp = (): void => workspace.remove();
  process.once("exit", cleanUp);
  const measurements: Measurement[] = [];
  try {
    await prepareStacks(workspace, simulator);
    for (const [index, scene] of scenes.entries()) {
      say(`${index + 1}/${scenes.length} ${describe(scene)}`);
      measurements.push(...(await measureScene(workspace, simulator, scene)));
    }
  } finally {
    simulator.close();
    process.off("exit", cleanUp);
    cleanUp();
  }
  return measurements;
}

function describe({ program, count, readyAfterSeconds, latencyMs, parallel }: Scene): string {
  const ready = readyAfterSeconds === 0 ? "" : `, ready after ${readyAfterSeconds} s`;
  const slow = latencyMs === undefined ? "" : `, drift, answers after ${latencyMs} ms`;
  return `${program}, N = ${count}${ready}${slow}${parallel === undefined ? "" : `, ${parallel} slots`}`;
}

function say(line: string): void {
  console.error(line);
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

function readFlags(): Flags {
  const counts = (text: string): number[] => text.split(",").map(wholeNumber);
  return new Command("bench")
    .description("Measures this provider beside an empty dynamic provider, with the real engine and the simulator.")
    .option("--counts <numbers>", "deployments in one stack (default: 1,10,50; with --quick 10)", counts)
    .option(
      "--ready-after <seconds>",
      "the longer readiness, measured beside one at once; 0 leaves it out",
      atLeastZero,
      3,
    )
    .option("--runs <number>", "rounds, of which the medians are taken (default: 3; with --quick 1)", wholeNumber)
    .option("--parallel <number>", "the raised PULUMI_PARALLEL (default: the largest count, 16 at least)", wholeNumber)
    .option("--drift-count <number>", "deployments to look over for drift (default: 200; with --quick 20)", atLeastZero)
    .option("--latency <milliseconds>", "what each answer takes while drift is looked for", atLeastZero, 150)
    .option("--quick", "a look, in less than a minute")
    .parse()
    .opts<Flags>();
}

// Without handlers, the exit handler, which removes the workspace, would not run.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

main(readFlags()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
