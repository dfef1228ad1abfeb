/** The benchmark's side of a simulated account's process. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Exchange } from "./figures";

/** `finish` makes all deployments serve from now on. */
export type AccountCall = "take" | "finish";

export interface AccountAnswer {
  /** Environment variables that point the provider at it. */
  environment: Record<string, string>;
  /** What was answered since it was taken last; nothing after `finish`. */
  exchanges: Exchange[];
  /** Deployments that exist, whatever their state. */
  standing: number;
  violations: string[];
}

export interface SimulatedAccount {
  ask(call: AccountCall): Promise<AccountAnswer>;
  close(): void;
}

export function forkAccount(): SimulatedAccount {
  // It inherits the loader that runs TypeScript.
  const child = fork(join(__dirname, "simulator-process.ts"), { stdio: "inherit" });
  return {
    async ask(call) {
      const ended = new AbortController();
      child.once("exit", () => ended.abort(new Error("the simulator's process ended")));
      const answer = once(child, "message", { signal: ended.signal });
      child.send(call);
      return ((await answer) as [AccountAnswer])[0];
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
