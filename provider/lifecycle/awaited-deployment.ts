/** A deployment that is waited for until it is as the program wants it, alone or among others. */
import type { Connection } from "../connection/connection";
import type { Watch } from "../connection/watch";
import { messageOf } from "../errors";
import type { DeploymentReference, Phase, Snapshot } from "../platform";
import { formatDuration } from "../wait/duration";
import { stateText } from "../wait/progress";
import { wait } from "../wait/wait";
import type { WaitResult } from "../wait/wait";
import { lendCall } from "./lent-call";
import type { Lender } from "./lent-call";

export interface AwaitedDeployment {
  call: Lender;
  connection: Connection;
  /** The inputs of the platform's block. */
  inputs: unknown;
  reference: DeploymentReference;
  deadlineSeconds: number;
}

/** What is told of the looks, beside what the wait itself says. */
export interface Onlooker {
  /** One line for the resource's row. */
  report(line: string): void;
  saw?(snapshot: Snapshot): void;
  missed?(error: unknown): void;
}

/** @param isOneOfMany whether others are waited for from the same moment on. */
export async function waitUntilWanted(
  awaited: AwaitedDeployment,
  onlooker: Onlooker,
  isOneOfMany = false,
): Promise<WaitResult<unknown>> {
  const { call, connection, inputs, reference, deadlineSeconds } = awaited;
  const wanted = wantedPhase(awaited);
  const watch = connection.watch(reference, inputs, { isOneOfMany, clock: call.clock });
  try {
    return await wait({
      observe: (signal, intervalMs) => look(awaited, watch, onlooker, signal, intervalMs),
      async pause(ms, longestMs, signal) {
        const snapshot = await watch.pause(ms, longestMs, signal);
        if (snapshot !== undefined) onlooker.saw?.(snapshot);
        return snapshot;
      },
      done: [wanted],
      failed: wanted === "ready" ? ["failed", "degraded", "stopped", "gone", "unknown"] : ["failed", "gone", "unknown"],
      poll: connection.implementation.poll,
      deadlineMs: deadlineSeconds * 1000,
      signal: call.signal,
      report: (line) => onlooker.report(connection.redactor.redact(line)),
      clock: call.clock,
    });
  } finally {
    watch.end();
  }
}

export function wantedPhase({ connection, inputs }: Pick<AwaitedDeployment, "connection" | "inputs">): Phase {
  return connection.implementation.rules.wantsRunning(inputs) ? "ready" : "stopped";
}

/** Which deployment it is, how its wait ended, and what was seen. */
export function outcomeText(awaited: AwaitedDeployment, result: WaitResult<unknown>): string {
  const { connection, reference, deadlineSeconds } = awaited;
  const name = `${connection.platform.title} deployment ${reference.deploymentId}`;
  const what: Record<WaitResult<unknown>["end"], string> = {
    done: "",
    failed: `${name} is ${result.snapshot === undefined ? "failed" : stateText(result.snapshot)}`,
    late: `${name} is not ${wantedPhase(awaited)} after ${formatDuration(deadlineSeconds * 1000)}`,
    cancelled: `the wait for ${name} was cancelled after ${formatDuration(result.elapsedMs)}`,
    broken: `the wait for ${name} ended`,
  };
  const seen = result.history === "" ? "" : `, seen: ${result.history}`;
  return connection.redactor.redact(`${[what[result.end], ...causesOf(result)].join(": ")}${seen}`);
}

/**
 * A phase that would have the deployment replaced, and that the platform may show in error: just
 * after a request, or for a while. Only a wait that came to its end over it believes it.
 */
export function unconfirmed(snapshot: Snapshot): Snapshot {
  const doubtful = snapshot.phase === "gone" || (snapshot.phase === "failed" && snapshot.confirmSeconds !== undefined);
  return doubtful ? { ...snapshot, phase: "pending" } : snapshot;
}

async function look(
  { call, connection, inputs }: AwaitedDeployment,
  watch: Watch<unknown>,
  onlooker: Onlooker,
  signal: AbortSignal,
  intervalMs: number,
): Promise<Snapshot> {
  // What others saw within the half of a pause is new enough; more would have pauses skipped.
  const lent = { ...lendCall(call, connection, inputs, signal), maximumAgeMs: intervalMs / 2 };
  try {
    const snapshot = await watch.observe(lent);
    onlooker.saw?.(snapshot);
    return snapshot;
  } catch (error) {
    onlooker.missed?.(error);
    throw error;
  }
}

/** The platform's own reason, and why the newest look failed, when it did. */
function causesOf({ snapshot, error }: WaitResult<unknown>): string[] {
  const causes = [snapshot?.reason, error === undefined ? undefined : messageOf(error)];
  return causes.filter((cause) => cause !== undefined && cause !== "") as string[];
}
