/**
 * What follows after a platform has accepted: wait, and turn whatever happens into a state that
 * keeps the deployment's id. Nothing here may throw anything but `InitializationError`.
 */
import type { Connection } from "../connection/connection";
import { InitializationError, messageOf } from "../errors";
import type { DeploymentReference, Phase, Snapshot } from "../platform";
import type { Block, Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { stateText, wait, type WaitResult } from "../wait/wait";
import { formatIdentifier } from "./identifier";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import { awaitingKey, toState } from "./state";

export interface Accepted {
  call: ProviderCall;
  connection: Connection;
  inputs: Properties;
  block: Block;
  reference: DeploymentReference;
  deadlineSeconds: number;
}

/** Resolves with the state of a deployment that is as the program wants it. */
export async function settle(accepted: Accepted): Promise<Properties> {
  const { connection, block, inputs } = accepted;
  const wantsRunning = connection.implementation.rules.wantsRunning(block.inputs);
  if (inputs["waitForReady"] === false) return stateNow(accepted);
  const result = await waitFor(accepted, wantsRunning ? ["ready"] : ["stopped"], wantsRunning);
  if (result.end === "done") return stateOf(accepted, result.snapshot);
  throw initializationError(accepted, result);
}

/** One look for the outputs; a look that fails costs the outputs, not the deployment. */
async function stateNow(accepted: Accepted): Promise<Properties> {
  const { call, connection, block, reference } = accepted;
  try {
    const lent = lendCall(call, connection, block.inputs, call.signal);
    return stateOf(accepted, await connection.adapter.observe(reference, block.inputs, lent));
  } catch (error) {
    call.log.warn(`accepted, but its state could not be read: ${connection.redactor.redact(messageOf(error))}`);
    return stateOf(accepted, undefined);
  }
}

function waitFor(accepted: Accepted, done: readonly Phase[], wantsRunning: boolean): Promise<WaitResult<unknown>> {
  const { call, connection, block, reference } = accepted;
  return wait({
    observe: (signal) =>
      connection.adapter.observe(reference, block.inputs, lendCall(call, connection, block.inputs, signal)),
    done,
    failed: wantsRunning ? ["failed", "degraded", "stopped", "gone", "unknown"] : ["failed", "gone", "unknown"],
    poll: connection.implementation.poll,
    deadlineMs: accepted.deadlineSeconds * 1000,
    signal: call.signal,
    report: (line) => call.log.status(connection.redactor.redact(line)),
    clock: call.clock,
  });
}

function stateOf({ inputs, block, reference, connection }: Accepted, snapshot: Snapshot | undefined): Properties {
  return toState(inputs, block, reference, snapshot ?? unseen, connection.redactor);
}

/** Stands for a deployment of which nothing was seen yet. */
const unseen: Snapshot = { phase: "pending", platformStatus: "", details: {} };

function initializationError(accepted: Accepted, result: WaitResult<unknown>): InitializationError {
  const { connection, block, reference } = accepted;
  const id = formatIdentifier(block.platform.id, reference.deploymentId);
  const reasons = reasonsOf(accepted, result).map((reason) => connection.redactor.redact(reason));
  const properties = { ...stateOf(accepted, result.snapshot), [awaitingKey]: true };
  return new InitializationError(reasons.join("; "), id, properties, reasons, { cause: result.error });
}

function reasonsOf(accepted: Accepted, result: WaitResult<unknown>): string[] {
  const { connection, reference, deadlineSeconds } = accepted;
  const name = `${connection.platform.title} deployment ${reference.deploymentId}`;
  const seen = result.history === "" ? "" : `, seen: ${result.history}`;
  const why = result.snapshot?.reason;
  const what: Record<WaitResult<unknown>["end"], string> = {
    done: "",
    failed: `${name} is ${result.snapshot === undefined ? "failed" : stateText(result.snapshot)}`,
    late: `${name} is not ready after ${formatDuration(deadlineSeconds * 1000)}`,
    cancelled: `the wait for ${name} was cancelled after ${formatDuration(result.elapsedMs)}`,
    broken: `the wait for ${name} ended`,
  };
  const reason = result.end === "broken" || result.snapshot === undefined ? errorText(result) : why;
  return [`${what[result.end]}${reason ? `: ${reason}` : ""}${seen}`, adviceOf(result)];
}

function errorText(result: WaitResult<unknown>): string {
  return result.error === undefined ? "" : messageOf(result.error);
}

function adviceOf({ end, snapshot }: WaitResult<unknown>): string {
  const kept = "it is kept in state, and may cost money while it exists";
  if (end === "failed" && snapshot?.phase === "failed") {
    return `${kept}; \`pulumi up\` replaces it, \`pulumi destroy\` removes it`;
  }
  return `${kept}; \`pulumi up\` goes on waiting for it, \`pulumi destroy\` removes it`;
}
