/** One run of the command `pulumi`, or of a shell that calls it, as a user sees it. */
import { type ChildProcess, spawn } from "node:child_process";
import { type OperationEvents, readEvents } from "./operation-events";

export interface OperationResult extends OperationEvents {
  /** The exit code; null when a signal ended the command. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Both, in the order of their arrival: what a terminal shows, without colours. */
  text: string;
}

export interface RunningOperation {
  /** Resolves when the command has ended, however it ended. */
  readonly result: Promise<OperationResult>;
  /** What it has written so far. */
  text(): string;
  /** Resolves at the first match; rejects, with what was written, when the command ends without one. */
  waitForText(pattern: RegExp): Promise<RegExpExecArray>;
  /** To the command alone, as from `kill`: its plugins get what the engine sends them. */
  signal(signal: NodeJS.Signals): void;
}

export interface Invocation {
  command: "pulumi" | "sh";
  parameters: string[];
  folder: string;
  environment: NodeJS.ProcessEnv;
  eventLog: string;
}

export function startOperation(invocation: Invocation): RunningOperation {
  const { command, parameters, folder, environment, eventLog } = invocation;
  const child = spawn(command, parameters, { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const written = collect(child);
  const result = new Promise<OperationResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const { stdout, stderr, text } = written;
      resolve({ code, signal, stdout, stderr, text, ...readEvents(eventLog) });
    });
  });
  return {
    result,
    text: () => written.text,
    waitForText: (pattern) => waitForText(child, written, pattern),
    signal: (signal) => void child.kill(signal),
  };
}

interface Written {
  stdout: string;
  stderr: string;
  text: string;
}

function collect(child: ChildProcess): Written {
  const written: Written = { stdout: "", stderr: "", text: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (chunk: string) => {
      written[stream] += chunk;
      written.text += chunk;
    });
  }
  return written;
}

function waitForText(child: ChildProcess, written: Written, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = pattern.exec(written.text);
      if (match === null) return false;
      child.stdout?.off("data", look);
      child.stderr?.off("data", look);
      child.off("close", ended);
      resolve(match);
      return true;
    };
    const ended = () => {
      if (!look()) reject(new Error(`pulumi ended without writing ${pattern}. It wrote:\n${written.text}`));
    };
    if (look()) return;
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.on("close", ended);
  });
}
