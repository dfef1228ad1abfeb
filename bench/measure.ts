/** Measures the commands of one scene, and sees to it that they did what they should. */
import type { SimulatedDeployment } from "../simulator";
import { type CommandRun, runDrift, runPulumi } from "./command";
import type { Command, Measurement, Program, Scene } from "./measurement";
import { countByRoute, waitFigures } from "./requests";
import type { SimulatorAnswer, SimulatorProcess } from "./simulator";
import { readResources, stateFigures } from "./state";
import type { Workspace } from "./workspace";

const programs: readonly Program[] = ["empty", "inference"];

type Run = (workspace: Workspace, program: Program, environment: NodeJS.ProcessEnv) => Promise<CommandRun>;

const pulumi =
  (parameters: readonly string[], more: NodeJS.ProcessEnv = {}): Run =>
  (workspace, program, environment) =>
    runPulumi(workspace, program, parameters, { ...environment, ...more });

/** A no-op that changes something would be measured as what it is not. */
const runs: Record<Command, Run> = {
  up: pulumi(["up", "--yes", "--skip-preview"]),
  "no-op up": pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes"]),
  refresh: pulumi(["refresh", "--yes", "--skip-preview", "--expect-no-changes"]),
  destroy: pulumi(["destroy", "--yes", "--skip-preview"]),
  "refresh --preview-only, one by one": pulumi(["refresh", "--preview-only", "--expect-no-changes"], {
    PULUMI_INFERENCE_SHARED_READS: "false",
  }),
  "refresh --preview-only": pulumi(["refresh", "--preview-only", "--expect-no-changes"]),
  drift: runDrift,
};

/** Makes the stacks, once, and goes up with each: the first run of all would pay for cold files. */
export async function prepareStacks(workspace: Workspace, simulator: SimulatorProcess): Promise<void> {
  for (const program of programs) await runPulumi(workspace, program, ["stack", "init"]);
  workspace.keepPristine();
  for (const program of programs) {
    await measureScene(workspace, simulator, { program, count: 1, readyAfterSeconds: 0, commands: ["up"] });
  }
}

export async function measureScene(
  workspace: Workspace,
  simulator: SimulatorProcess,
  scene: Scene,
): Promise<Measurement[]> {
  workspace.renew();
  const { environment } = await simulator.reset(scene.readyAfterSeconds, scene.latencyMs ?? 0);
  const settings = {
    ...environment,
    BENCH_COUNT: String(scene.count),
    ...(scene.parallel === undefined ? {} : { PULUMI_PARALLEL: String(scene.parallel) }),
  };
  const measurements: Measurement[] = [];
  for (const command of scene.commands) {
    const run = await runs[command](workspace, scene.program, settings);
    const seen = await simulator.take();
    verify(workspace, scene, command, seen);
    measurements.push(toMeasurement(workspace, scene, command, run, seen));
  }
  return measurements;
}

function toMeasurement(
  workspace: Workspace,
  scene: Scene,
  command: Command,
  run: CommandRun,
  { requests, deployments }: SimulatorAnswer,
): Measurement {
  const { program, count, readyAfterSeconds, latencyMs, parallel } = scene;
  const { startedMs, endedMs, ...consumption } = run;
  const first = Math.min(...requests.map(({ arrivedMs }) => arrivedMs));
  const waited = command === "up" && deployments.length > 0;
  return {
    ...{ program, count, readyAfterSeconds, command },
    ...(parallel === undefined ? {} : { parallel }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...consumption,
    requests: countByRoute(requests),
    ...(requests.length === 0 ? {} : { firstRequestSeconds: (first - startedMs) / 1000 }),
    ...(waited ? { wait: waitFigures(requests, deployments, scene.readyAfterSeconds * 1000, endedMs) } : {}),
    ...(command === "up" ? { state: stateFigures(workspace.stateFile(scene.program)) } : {}),
  };
}

function verify(workspace: Workspace, scene: Scene, command: Command, { deployments, violations }: SimulatorAnswer) {
  const expected = command === "destroy" ? 0 : scene.count;
  const running = deployments.filter(isRunning).length;
  const kept = readResources(workspace.stateFile(scene.program)).length;
  const wrong = [
    ...(kept === expected ? [] : [`${kept} resources in state instead of ${expected}`]),
    ...(scene.program === "empty" || running === expected ? [] : [`${running} running instead of ${expected}`]),
    ...violations,
  ];
  if (wrong.length > 0) throw new Error(`after ${command} of ${scene.count} in ${scene.program}: ${wrong.join("; ")}`);
}

function isRunning({ status }: SimulatedDeployment): boolean {
  return status === "running";
}
