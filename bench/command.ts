/** Runs one command, with a stopwatch and a look at its processes. */
import { type ChildProcess, spawn } from "node:child_process";
import { type Consumption, watchConsumption } from "./memory";
import type { Workspace } from "./workspace";

export interface CommandRun extends Consumption {
  startedMs: number;
  endedMs: number;
  wallSeconds: number;
}

/** @throws when the command fails, with what it printed. */
export async function runCommand(
  workspace: Workspace,
  [executable = "", ...parameters]: readonly string[],
  { environment, folder }: { environment: NodeJS.ProcessEnv; folder?: string },
): Promise<CommandRun> {
  const startedMs = Date.now();
  const start = performance.now();
  // A group of its own: Ctrl-C reaches this process alone, which then ends all the others.
  const child = spawn(executable, parameters, {
    env: { ...workspace.environment, ...environment },
    cwd: folder,
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
