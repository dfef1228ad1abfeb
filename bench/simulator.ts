/** The benchmark's side of the simulator's process. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { SimulatedDeployment } from "../simulator";
import type { AnsweredRequest } from "./requests";

export type SimulatorCall = { action: "reset"; readyAfterMs: number; latencyMs: number } | { action: "take" };

export interface SimulatorAnswer {
  /** Environment variables that point the provider at it. */
  environment: Record<string, string>;
  /** What was received since the last answer, in the order of the answers. */
  requests: AnsweredRequest[];
  deployments: SimulatedDeployment[];
  violations: string[];
}

export interface SimulatorProcess {
  /** Forgets everything, and sets how long later deployments take, and each answer. */
  reset(readyAfterSeconds: number, latencyMs: number): Promise<SimulatorAnswer>;
  take(): Promise<SimulatorAnswer>;
  close(): void;
}

export function forkSimulator(): SimulatorProcess {
  // It inherits the loader that runs TypeScript.
  const child = fork(join(__dirname, "simulator-process.ts"), { stdio: "inherit" });
  return {
    reset: (readyAfterSeconds, latencyMs) =>
      ask(child, { action: "reset", readyAfterMs: readyAfterSeconds * 1000, latencyMs }),
    take: () => ask(child, { action: "take" }),
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}

/** One question at a time. Messages wait until the process listens. */
async function ask(child: ChildProcess, call: SimulatorCall): Promise<SimulatorAnswer> {
  const ended = new AbortController();
  const answer = once(child, "message", { signal: ended.signal });
  const stop = (): void => ended.abort(new Error("the simulator's process ended"));
  child.once("exit", stop);
  try {
    child.send(call);
    return ((await answer) as [SimulatorAnswer])[0];
  } finally {
    child.off("exit", stop);
  }
}
