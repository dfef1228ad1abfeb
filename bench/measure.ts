/** Measures the commands of one scene, and sees to it that they did what they should. */
import type { SimulatedDeployment } from "../simulator";
import type { CommandRun } from "./command";
import type { Command, Measurement, Scene } from "./measurement";
import { factsOf, type Program } from "./programs";
import { countByRoute, firstArrivalMs, waitFigures } from "./requests";
import type { SimulatorAnswer, SimulatorProcess } from "./simulator";
import { countDeployments, firstCreateMs, stateFigures } from "./state";
import { makeStack, runProgram } from "./tools";
import type { Workspace } from "./workspace";

/** Makes the stacks, once, and goes up with each: the first run of all would pay for cold files. */
export async function prepareStacks(
  workspace: Workspace,
  simulator: SimulatorProcess,
  programs: readonly Program[],
): Promise<void> {
  for (const program of programs) {
    if (factsOf(program).tool === "pulumi") await makeStack(workspace, program);
  }
  workspace.keepPristine();
  for (const program of programs) {
    await measureScene(workspace, simulator, { program, count: 1, readyAfterSeconds: 0, commands: ["up"] });
  }
}

export async function measureScene(
  workspace: Workspace,
  simulator: SimulatorProcess,
  scene: Scene,
  more: NodeJS.ProcessEnv = {},
): Promise<Measurement[]> {
  workspace.renew();
  const { environment } = await simulator.reset(scene.readyAfterSeconds, scene.latencyMs ?? 0);
  const settings = {
    ...environment,
    ...more,
    BENCH_COUNT: String(scene.count),
    ...(scene.parallel === undefined ? {} : { PULUMI_PARALLEL: String(scene.parallel) }),
  };
  const measurements: Measurement[] = [];
  for (const command of scene.commands) {
    const run = await runProgram(command, workspace, scene.program, settings);
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
  const { startedMs, endedMs, wallSeconds, ...consumption } = run;
  const isPulumi = factsOf(program).tool === "pulumi";
  const file = isPulumi && command === "up" ? workspace.stateFile(program) : undefined;
  const firstMs = firstArrivalMs(requests) ?? (file === undefined ? undefined : firstCreateMs(file));
  const waited = command === "up" && deployments.length > 0;
  return {
    ...{ program, count, readyAfterSeconds, command, wallSeconds },
    ...(parallel === undefined ? {} : { parallel }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    // The processes of a script are too short to be seen.
    ...(isPulumi ? consumption : {}),
    requests: countByRoute(requests),
    ...(firstMs === undefined ? {} : { firstRequestSeconds: (firstMs - startedMs) / 1000 }),
    ...(waited ? { wait: waitFigures(requests, deployments, readyAfterSeconds * 1000, endedMs) } : {}),
    ...(file === undefined ? {} : { state: stateFigures(file) }),
  };
}

function verify(workspace: Workspace, { program, count }: Scene, command: Command, seen: SimulatorAnswer): void {
  const { tool, waits } = factsOf(program);
  const expected = command === "destroy" ? 0 : count;
  const running = seen.deployments.filter(isRunning).length;
  const kept = tool === "pulumi" ? countDeployments(workspace.stateFile(program)) : expected;
  const wrong = [
    ...(kept === expected ? [] : [`${kept} deployments in state instead of ${expected}`]),
    ...(waits === "never" || running === expected ? [] : [`${running} running instead of ${expected}`]),
    ...seen.violations,
  ];
  if (wrong.length > 0) throw new Error(`after ${command} of ${count} in ${program}: ${wrong.join("; ")}`);
}

function isRunning({ status }: SimulatedDeployment): boolean {
  return status === "running";
}
