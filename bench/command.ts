/** Runs one command of the engine, with a stopwatch and a look at its processes. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../engine/engine";
import { type Consumption, watchConsumption } from "./memory";
import type { Program } from "./measurement";
import { type Workspace, stackName } from "./workspace";

export interface CommandRun extends Consumption {
  startedMs: number;
  endedMs: number;
  wallSeconds: number;
}

export function runPulumi(
  workspace: Workspace,
  program: Program,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandRun> {
  return run(workspace, ["pulumi", ...parameters, ...whereOf(workspace, program), "--non-interactive"], environment);
}

/** This package's own command; it fails unless all is clean. */
export function runDrift(
  workspace: Workspace,
  program: Program,
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandRun> {
  const command = [process.execPath, join(projectRoot, "dist", "cli", "main.js"), "drift"];
  return run(workspace, [...command, ...whereOf(workspace, program)], environment);
}

function whereOf(workspace: Workspace, program: Program): string[] {
  return ["--stack", stackName, "--cwd", workspace.programFolder(program)];
}

/** @throws when the command fails, with what it printed. */
async function run(
  workspace: Workspace,
  [executable = "", ...parameters]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<CommandRun> {
  const startedMs = Date.now();
  const start = performance.now();
  // A group of its own: Ctrl-C reaches this process alone, which then ends all the others.
  const child = spawn(executable, parameters, {
    env: { ...workspace.environment, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const stopWatching = watchConsumption(workspace.folder);
  try {
    const { code, output } = await ended(child);
    const wallSeconds = (performance.now() - start) / 1000;
    if (code !== 0) throw new Error(`\`${[executable, ...parameters].join(" ")}\` failed:\n${output}`);
    return { startedMs, endedMs: Date.now(), wallSeconds, ...stopWatching() };
  } finally {
    stopWatching();
  }
}

function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = "";
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
