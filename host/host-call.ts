/** One call of the engine, as both hosts run it on top of the core. */
import type { Connections } from "../provider/connection/connection";
import { InitializationError, ProviderError } from "../provider/errors";
import type { FunctionCall } from "../provider/functions/function";
import { forgetSaved, noIntentRecord } from "../provider/intent/intent";
import type { IntentRecord } from "../provider/intent/intent";
import { openIntentRecord } from "../provider/intent/intent-folder";
import type { DiffResult } from "../provider/lifecycle/diff";
import { hold } from "../provider/lifecycle/holders";
import { withNextStep } from "../provider/lifecycle/next-step";
import type { LifecycleCall, ResourceLifecycle } from "../provider/lifecycle/resource-lifecycle";
import type { Properties } from "../provider/resources/resource-kind";
import { systemClock } from "../provider/wait/clock";
import { cancelled } from "./cancellation";
import { createEngineLog } from "./engine-log";

export interface HostCall {
  resource: ResourceLifecycle;
  connections: Connections;
  /** Undefined where the host does not know it. */
  urn: string | undefined;
}

/** Shows warnings and notes, and returns the failures, each a sentence with the property's path. */
export async function checkInputs(call: HostCall, olds: Properties, inputs: Properties): Promise<string[]> {
  const isNew = Object.keys(olds).length === 0;
  const { failures, warnings, notes } = call.resource.check(inputs, call.connections, isNew);
  const log = createEngineLog(call.urn);
  warnings.forEach((warning) => log.warn(warning));
  notes.forEach((note) => log.info(note));
  await log.flush();
  return failures;
}

export async function diffInputs(
  { resource, connections, urn }: HostCall,
  id: string,
  state: Properties,
  inputs: Properties,
): Promise<DiffResult> {
  await forgetIntent(intentRecord(urn), id);
  const result = resource.diff(state, inputs);
  if (result.replaces.length === 0) hold({ connections, urn }, id);
  return result;
}

/**
 * Runs one call of the core that asks a platform.
 *
 * @param id of the resource, where it exists.
 * @throws InitializationError, which a host has to pass on with what it carries; any other error has
 * a message that says it all.
 */
export async function runCall<Result>(
  { connections, urn }: HostCall,
  id: string | undefined,
  timeoutSeconds: number | undefined,
  run: (call: LifecycleCall) => Promise<Result>,
): Promise<Result> {
  const log = createEngineLog(urn, id);
  const intent = intentRecord(urn);
  try {
    if (id !== undefined) await forgetIntent(intent, id);
    return await run({ urn, connections, log, intent, signal: cancelled, timeoutSeconds, clock: systemClock });
  } catch (error) {
    throw outgoingError(error);
  } finally {
    await log.flush();
  }
}

/** Runs one call of a function, which is no resource's: its lines stand in the stack's row. */
export async function runFunction<Result>(
  connections: Connections,
  run: (call: FunctionCall) => Promise<Result>,
): Promise<Result> {
  const log = createEngineLog(undefined);
  try {
    return await run({ connections, log, signal: cancelled, timeoutSeconds: undefined, clock: systemClock });
  } catch (error) {
    throw outgoingError(error);
  } finally {
    await log.flush();
  }
}

/** The names of top-level properties, which is all that the engine knows of a replacement's reasons. */
export function topLevel(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split(".")[0] ?? path))];
}

function intentRecord(urn: string | undefined): IntentRecord {
  if (urn === undefined) return noIntentRecord;
  return openIntentRecord(urn, { project: process.cwd(), environment: process.env });
}

/** The engine knows the id, so that it has saved it. */
function forgetIntent(intent: IntentRecord, id: string): Promise<void> {
  return forgetSaved(intent, id.slice(id.indexOf("/") + 1));
}

/** An error that was expected has a message that says it all: its stack would only be noise in the terminal. */
function outgoingError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof ProviderError) error.stack = "";
  if (!(error instanceof InitializationError)) error.message = withNextStep(error);
  return error;
}
