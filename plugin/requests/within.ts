/** Runs one call of the core; what keeps a resource in state carries the state as the engine takes it. */
import { runCall } from "../../host/host-call";
import { InitializationError } from "../../provider/errors";
import type { LifecycleCall, ResourceLifecycle } from "../../provider/lifecycle/resource-lifecycle";
import { account } from "../account";
import { KeptError } from "../wire/errors";
import { stateToWire } from "../wire/state";

interface Call {
  resource: ResourceLifecycle;
  urn: string;
  id?: string;
  timeoutSeconds: number | undefined;
}

export async function within<Result>(
  { resource, urn, id, timeoutSeconds }: Call,
  run: (call: LifecycleCall) => Promise<Result>,
): Promise<Result> {
  try {
    return await runCall({ resource, connections: account(), urn }, id, timeoutSeconds, run);
  } catch (error) {
    if (!(error instanceof InitializationError)) throw error;
    throw new KeptError(error, stateToWire(resource, error.properties));
  }
}

/** The protocol's 0 stands for a program that sets none. */
export function secondsOf(timeout: number): number | undefined {
  return timeout > 0 ? timeout : undefined;
}
