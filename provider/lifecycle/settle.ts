/**
 * What follows after a platform has accepted: wait, and turn whatever happens into a state that
 * keeps the deployment's id. Nothing here may throw anything but `InitializationError`.
 */
import type { Connection } from "../connection/connection";
import { InitializationError, messageOf } from "../errors";
import type { Call, DeploymentReference, Phase, Snapshot } from "../platform";
import type { Block, Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { stateText } from "../wait/progress";
import { wait } from "../wait/wait";
import type { WaitResult } from "../wait/wait";
import { formatIdentifier } from "./identifier";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import { awaitingKey, toState, withGeneration } from "./state";

export interface Accepted {
  call: ProviderCall;
  connection: Connection;
  inputs: Properties;
  block: Block;
  reference: DeploymentReference;
  deadlineSeconds: number;
  /** Which configuration of the deployment this is, counted; absent in a state from before it was counted. */
  generation: number | undefined;
  /** What was seen before the platform was asked for the change; its outputs stand in until it is seen again. */
  before?: Snapshot;
}

/** Resolves with the state of a deployment that is as the program wants it. */
export async function settle(accepted: Accepted): Promise<Properties> {
  const { inputs } = accepted;
  if (inputs["waitForReady"] === false) {
    const snapshot = await lookOnce(accepted);
    // Not to be waited for is a deployment that was taken; of this one, not even that is known.
    if (snapshot?.phase === "unknown") throw initializationError(accepted, unwaited(snapshot));
    return stateOf(accepted, snapshot);
  }
  const result = await waitFor(accepted);
  if (result.end === "done") return stateOf(accepted, result.snapshot);
  throw initializationError(accepted, result);
}

/** One look for the outputs; a look that fails costs the outputs, not the deployment. */
async function lookOnce(accepted: Accepted): Promise<Snapshot | undefined> {
  const { call, connection, block, reference } = accepted;
  try {
    const lent = lendCall(call, connection, block.inputs, call.signal);
    return unconfirmed(await connection.adapter.observe(reference, block.inputs, lent));
  } catch (error) {
    call.log.warn(`accepted, but its state could not be read: ${connection.redactor.redact(messageOf(error))}`);
    return undefined;
  }
}

/** A look that was the only one. */
function unwaited(snapshot: Snapshot): WaitResult<unknown> {
  return { end: "failed", snapshot, error: undefined, history: "", elapsedMs: 0 };
}

function waitFor(accepted: Accepted): Promise<WaitResult<unknown>> {
  const { call, connection, block, reference } = accepted;
  const wanted = wantedPhase(accepted);
  return wait({
    observe(signal, intervalMs) {
      const lent = lendCall(call, connection, block.inputs, signal);
      return connection.adapter.observe(reference, block.inputs, { ...lent, ...sharedWait(intervalMs) });
    },
    done: [wanted],
    failed: wanted === "ready" ? ["failed", "degraded", "stopped", "gone", "unknown"] : ["failed", "gone", "unknown"],
    poll: connection.implementation.poll,
    deadlineMs: accepted.deadlineSeconds * 1000,
    signal: call.signal,
    report: (line) => call.log.status(connection.redactor.redact(line)),
    clock: call.clock,
  });
}

/** Others that wait on the account may have looked just before; only that the wait goes on is taken from them. */
function sharedWait(intervalMs: number): Pick<Call, "maximumAgeMs" | "sharedPhases"> {
  return { maximumAgeMs: intervalMs / 2, sharedPhases: ["pending"] };
}

function wantedPhase({ connection, block }: Accepted): Phase {
  return connection.implementation.rules.wantsRunning(block.inputs) ? "ready" : "stopped";
}

function stateOf(accepted: Accepted, snapshot: Snapshot | undefined): Properties {
  const { inputs, block, reference, connection, before } = accepted;
  const state = toState(inputs, block, reference, snapshot ?? unseenSince(before), connection.redactor);
  return withGeneration(state, accepted.generation);
}

/** Stands for a deployment that was not seen since the platform accepted. */
function unseenSince(before: Snapshot | undefined): Snapshot {
  const { reason: _outdated, ...known } = before ?? { platformStatus: "", details: {} };
  return { ...known, phase: "pending" };
}

/**
 * A phase that would have the deployment replaced, and that the platform may show in error: just
 * after a request, or for a while. Only a wait that came to its end over it believes it.
 */
function unconfirmed(snapshot: Snapshot): Snapshot {
  const doubtful = snapshot.phase === "gone" || (snapshot.phase === "failed" && snapshot.confirmSeconds !== undefined);
  return doubtful ? { ...snapshot, phase: "pending" } : snapshot;
}

function initializationError(accepted: Accepted, result: WaitResult<unknown>): InitializationError {
  const { connection, block, reference } = accepted;
  const id = formatIdentifier(block.platform.id, reference.deploymentId);
  const reasons = reasonsOf(accepted, result).map((reason) => connection.redactor.redact(reason));
  const { end, snapshot: newest } = result;
  const snapshot = newest === undefined || end === "failed" ? newest : unconfirmed(newest);
  const properties = { ...stateOf(accepted, snapshot), [awaitingKey]: true };
  return new InitializationError(reasons.join("; "), id, properties, reasons, { cause: result.error });
}

function reasonsOf(accepted: Accepted, result: WaitResult<unknown>): string[] {
  const { connection, reference, deadlineSeconds } = accepted;
  const name = `${connection.platform.title} deployment ${reference.deploymentId}`;
  const what: Record<WaitResult<unknown>["end"], string> = {
    done: "",
    failed: `${name} is ${result.snapshot === undefined ? "failed" : stateText(result.snapshot)}`,
    late: `${name} is not ${wantedPhase(accepted)} after ${formatDuration(deadlineSeconds * 1000)}`,
    cancelled: `the wait for ${name} was cancelled after ${formatDuration(result.elapsedMs)}`,
    broken: `the wait for ${name} ended`,
  };
  const seen = result.history === "" ? "" : `, seen: ${result.history}`;
  return [`${[what[result.end], ...causesOf(result)].join(": ")}${seen}`, adviceOf(result)];
}

/** The platform's own reason, and why the newest look failed, when it did. */
function causesOf({ snapshot, error }: WaitResult<unknown>): string[] {
  const causes = [snapshot?.reason, error === undefined ? undefined : messageOf(error)];
  return causes.filter((cause) => cause !== undefined && cause !== "") as string[];
}

function adviceOf({ end, snapshot }: WaitResult<unknown>): string {
  const kept = "it is kept in state, and may cost money while it exists";
  if (end === "failed" && snapshot?.phase === "failed") {
    return `${kept}; \`pulumi up\` replaces it, \`pulumi destroy\` removes it`;
  }
  if (end === "failed" && snapshot?.phase === "gone") {
    return "`pulumi up` makes it anew, `pulumi destroy` clears it from state";
  }
  return `${kept}; \`pulumi up\` goes on waiting for it, \`pulumi destroy\` removes it`;
}
