/** Read: what is really there, put into the state; for a refresh, and for `get` by id. */
import type { Connection } from "../connection/connection";
import { CancelledError, ProviderError } from "../errors";
import type { DeploymentReference, Phase, Snapshot } from "../platform";
import { inputsOf } from "../resources/resource-kind";
import type { Block, Properties } from "../resources/resource-kind";
import { shownAtEnd, wait } from "../wait/wait";
import type { WaitResult } from "../wait/wait";
import { knownDeployment } from "./known-deployment";
import { lendCall } from "./lent-call";
import { withLiveConfiguration } from "./live-configuration";
import type { ProviderCall } from "./provider-call";
import { awaitingKey, phaseOf, toState, withGeneration } from "./state";

export interface ReadResult {
  state: Properties;
  /** The inputs as they would have to be for the program to match what is there. */
  inputs: Properties;
}

/**
 * A refresh reads one deployment after the other, as its slots are free: what was seen of all of them
 * this long before is as new as a refresh can be.
 */
export const sharedReadMs = 2_000;

/** Bounds the second looks that a doubtful phase needs, beside the time that the platform itself needs. */
const confirmDeadlineMs = 120_000;

/** @returns undefined when the deployment is gone. Throws when the platform cannot tell. */
export async function read(call: ProviderCall, id: string, state: Properties): Promise<ReadResult | undefined> {
  const { connection, reference, block } = knownDeployment(call, id, state);
  const snapshot = await observe(call, connection, reference, block);
  if (snapshot.phase === "gone") return undefined;
  if (snapshot.phase === "unknown") return unreadable(call, state, snapshot);
  if (snapshot.phase === "failed") call.log.warn(failedText(connection, reference, snapshot));

  const inputs = inputsOf(call.kind, state);
  const live = liveInputs(call, inputs, block, snapshot);
  const shown = block ?? { platform: connection.platform, inputs: {} };
  const seen = toState(live, shown, reference, snapshot, connection.redactor);
  const next = withGeneration(seen, state["generation"]);
  const unfinished = state[awaitingKey] === true || isBeingRepaired(state, block, snapshot);
  const awaiting = unfinished && !isAsWanted(block, snapshot);
  return { state: awaiting ? { ...next, [awaitingKey]: true } : next, inputs: live };
}

/** A repair that was killed leaves no other trace: what stood still when it was seen last is on its way. */
function isBeingRepaired(state: Properties, block: Block | undefined, { phase }: Snapshot): boolean {
  const wantsRunning = block === undefined || block.platform.load().rules.wantsRunning(block.inputs);
  return wantsRunning && phase === "pending" && ["stopped", "failed"].includes(phaseOf(state) ?? "");
}

/** Whether the wait that was left unfinished would end well now. */
function isAsWanted(block: Block | undefined, { phase }: Snapshot): boolean {
  const wantsRunning = block === undefined || block.platform.load().rules.wantsRunning(block.inputs);
  return phase === (wantsRunning ? "ready" : "stopped");
}

/** Looks once, or as often as it takes to confirm a phase that the platform is known to say in error. */
async function observe(
  call: ProviderCall,
  connection: Connection,
  reference: DeploymentReference,
  block: Block | undefined,
): Promise<Snapshot> {
  const look = (signal: AbortSignal, maximumAgeMs = 0): Promise<Snapshot> => {
    const lent = lendCall(call, connection, block?.inputs, signal);
    return connection.adapter.observe(reference, block?.inputs, { ...lent, maximumAgeMs });
  };
  const first = await look(call.signal, sharedReadMs);
  if (first.phase !== "failed" || first.confirmSeconds === undefined) return first;
  const result = await wait({
    observe: (signal) => look(signal),
    done: ["ready", "degraded", "stopped", "gone", "pending", "unknown"],
    failed: ["failed"],
    poll: connection.implementation.poll,
    deadlineMs: first.confirmSeconds * 1000 + confirmDeadlineMs,
    signal: call.signal,
    report: (line) => call.log.status(connection.redactor.redact(line)),
    clock: call.clock,
  });
  if (result.end === "cancelled") throw new CancelledError(`${connection.platform.title}: the refresh was cancelled`);
  // A failure that was not seen to last is no reason to replace anything: the platform cannot tell.
  if (result.end === "broken" || result.end === "late") throw unconfirmedError(connection, reference, result);
  return result.snapshot ?? first;
}

function unconfirmedError(
  { platform, redactor }: Connection,
  { deploymentId }: DeploymentReference,
  result: WaitResult<unknown>,
): ProviderError {
  return new ProviderError(
    redactor.redact(
      `${platform.title}: whether deployment ${deploymentId} is failed for good could not be seen: ${shownAtEnd(result)}, seen: ${result.history}; run the command again`,
    ),
    { cause: result.error },
  );
}

/** A platform that cannot be asked says nothing against the state: it stays, and says so. */
function unreadable(call: ProviderCall, state: Properties, snapshot: Snapshot): ReadResult {
  const inputs = inputsOf(call.kind, state);
  // What was seen to need a repair needs it still.
  if (repairedPhases.includes(phaseOf(state) ?? "unknown")) return { state, inputs };
  return { state: { ...state, status: "unknown", reason: snapshot.reason ?? "the platform cannot be asked" }, inputs };
}

const repairedPhases: readonly Phase[] = ["failed", "stopped", "degraded"];

function liveInputs(call: ProviderCall, inputs: Properties, block: Block | undefined, snapshot: Snapshot): Properties {
  if (block === undefined || snapshot.configuration === undefined) return inputs;
  const { rules } = block.platform.load();
  const live = withLiveConfiguration(rules, block.inputs, snapshot.configuration);
  return call.kind.withBlock(inputs, { platform: block.platform, inputs: live });
}

function failedText(
  { platform, redactor }: Connection,
  { deploymentId }: DeploymentReference,
  snapshot: Snapshot,
): string {
  const reason = snapshot.reason ?? "the platform gives no reason";
  return redactor.redact(
    `${platform.title} deployment ${deploymentId} is failed: ${reason}; \`pulumi up\` replaces it`,
  );
}
