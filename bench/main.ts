/** `npm run bench`: measures this provider beside others, with the real engine and the simulator. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine, projectRoot } from "../engine/engine";
import { findEngine } from "../engine/find-engine";
import { runQuietly } from "../engine/run-quietly";
import { type Flags, planOf, readFlags } from "./flags";
import { currentLoad, describeMachine } from "./machine";
import { measureScene, prepareStacks } from "./measure";
import type { Measurement, Scene } from "./measurement";
import { type Plan, programsOf, scenesOf } from "./plan";
import { profilePrograms } from "./profile/profile";
import { factsOf } from "./programs";
import { publish } from "./publish";
import { report } from "./report/report";
import type { Results } from "./results";
import { forkSimulator, type SimulatorProcess } from "./simulator";
import { createWorkspace, type Workspace } from "./workspace";

const resultsFolder = join(__dirname, "results");

async function main(flags: Flags): Promise<void> {
  const plan = planOf(flags);
  const loadBefore = currentLoad();
  const engine = await findEngine();
  await build();
  mkdirSync(resultsFolder, { recursive: true });
  if (flags.profile) {
    console.log(
      await inWorkspace(engine, (...place) => profilePrograms(...place, plan, join(resultsFolder, "profiles"))),
    );
    return;
  }
  const measurements = await inWorkspace(engine, (...place) => measureAll(...place, plan));
  const results: Results = { machine: describeMachine(engine, loadBefore), plan, measurements };
  const text = report(results);
  writeFileSync(join(resultsFolder, "latest.md"), text);
  writeFileSync(join(resultsFolder, "latest.json"), `${JSON.stringify(results, undefined, 2)}\n`);
  if (flags.publish) await publish(text);
  console.log(text);
}

/** The programs load the package as users do: compiled. */
async function build(): Promise<void> {
  const compiler = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  const parameters = [compiler, "-p", "tsconfig.build.json"];
  const run = await runQuietly(process.execPath, parameters, { cwd: projectRoot, environment: process.env });
  if (!run.succeeded) throw new Error(`The package can't be built:\n${run.output}`);
}

type Work<Result> = (workspace: Workspace, simulator: SimulatorProcess) => Promise<Result>;

async function inWorkspace<Result>(engine: Engine, work: Work<Result>): Promise<Result> {
  const workspace = createWorkspace(engine);
  const simulator = forkSimulator();
  const cleanUp = (): void => workspace.remove();
  process.once("exit", cleanUp);
  try {
    return await work(workspace, simulator);
  } finally {
    simulator.close();
    process.off("exit", cleanUp);
    cleanUp();
  }
}

async function measureAll(workspace: Workspace, simulator: SimulatorProcess, plan: Plan): Promise<Measurement[]> {
  const scenes = scenesOf(plan);
  const measurements: Measurement[] = [];
  await prepareStacks(workspace, simulator, programsOf(plan));
  for (const [index, scene] of scenes.entries()) {
    console.error(`${index + 1}/${scenes.length} ${describe(scene)}`);
    measurements.push(...(await measureScene(workspace, simulator, scene)));
  }
  return measurements;
}

function describe({ program, count, readyAfterSeconds, latencyMs, parallel }: Scene): string {
  const ready = readyAfterSeconds === 0 ? "" : `, ready after ${readyAfterSeconds} s`;
  const slow = latencyMs === undefined ? "" : `, answers after ${latencyMs} ms`;
  return `${factsOf(program).title}, N = ${count}${ready}${slow}${parallel === undefined ? "" : `, ${parallel} slots`}`;
}

// Without handlers, the exit handler, which removes the workspace, would not run.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

main(readFlags()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
