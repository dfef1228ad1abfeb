/**
 * What follows after a platform has accepted: wait, and turn whatever happens into a state that
 * keeps the deployment's id. Nothing here may throw anything but `InitializationError`.
 */
import type { Connection } from "../connection/connection";
import { InitializationError, messageOf } from "../errors";
import type { DeploymentReference, Snapshot } from "../platform";
import type { Block, Properties } from "../resources/resource-kind";
import type { WaitResult } from "../wait/wait";
import { outcomeText, unconfirmed, waitUntilWanted } from "./awaited-deployment";
import type { AwaitedDeployment } from "./awaited-deployment";
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
    const snapshot = knownAtOnce(accepted) ?? (await lookOnce(accepted));
    // Not to be waited for is a deployment that was taken; of this one, not even that is known.
    if (snapshot?.phase === "unknown") throw initializationError(accepted, unwaited(snapshot));
    return stateOf(accepted, snapshot);
  }
  const result = await waitFor(accepted);
  if (result.end === "done") return stateOf(accepted, result.snapshot);
  throw initializationError(accepted, result);
}

/** A deployment of many that are waited for elsewhere needs no look of its own. */
function knownAtOnce({ connection, reference, before, generation }: Accepted): Snapshot | undefined {
  const isNew = before === undefined && generation === 1;
  return isNew ? connection.adapter.accepted?.(reference) : undefined;
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
  return waitUntilWanted(awaitedOf(accepted), { report: (line) => accepted.call.log.status(line) });
}

function awaitedOf({ call, connection, block, reference, deadlineSeconds }: Accepted): AwaitedDeployment {
  return { call, connection, inputs: block.inputs, reference, deadlineSeconds };
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

function initializationError(accepted: Accepted, result: WaitResult<unknown>): InitializationError {
  const { block, reference } = accepted;
  const id = formatIdentifier(block.platform.id, reference.deploymentId);
  const reasons = [outcomeText(awaitedOf(accepted), result), adviceOf(result)];
  const { end, snapshot: newest } = result;
  const snapshot = newest === undefined || end === "failed" ? newest : unconfirmed(newest);
  const properties = { ...stateOf(accepted, snapshot), [awaitingKey]: true };
  return new InitializationError(reasons.join("; "), id, properties, reasons, { cause: result.error });
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
