/** Runs a program without a line on the terminal, and leaves nothing of it behind. */
import { spawn } from "node:child_process";

export interface QuietRun {
  succeeded: boolean;
  /** Both output streams, in the order of their arrival. */
  output: string;
}

export interface QuietOptions {
  cwd: string;
  environment: NodeJS.ProcessEnv;
  timeoutMs?: number;
}

/** The program gets a process group of its own, so that its children end with it. */
export function runQuietly(command: string, parameters: string[], options: QuietOptions): Promise<QuietRun> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd: options.cwd,
      env: options.environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));

    const end = () => killGroup(child.pid);
    const stopGuarding = endWithThisProcess(end);
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(end, options.timeoutMs);
    const finish = (succeeded: boolean) => {
      clearTimeout(timer);
      stopGuarding();
      resolve({ succeeded, output });
    };
    child.on("error", (error) => {
      output += error.message;
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

function killGroup(processId: number | undefined): void {
  if (processId === undefined) return;
  try {
    process.kill(-processId, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

function endWithThisProcess(end: () => void): () => void {
  const interrupted = () => {
    end();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  process.once("exit", end);
  return () => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
    process.off("exit", end);
  };
}
