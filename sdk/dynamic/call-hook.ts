/**
 * Gives a dynamic provider what the SDK's host keeps from it: the URN and the timeout of the call at
 * hand, and the engine's request to cancel. The host builds a grpc-js server, and this wraps the
 * method by which that server finds its handlers. The method is private to grpc-js: it exists in
 * 1.10 to 1.14; where it does not, calls go on without URN, and timeouts come from the inputs.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setMaxListeners } from "node:events";
import { createRequire } from "node:module";

export interface EngineCall {
  urn: string | undefined;
  /** From `customTimeouts`; undefined when the program sets none. */
  timeoutSeconds: number | undefined;
}

interface Handler {
  func: (...parameters: unknown[]) => unknown;
}

interface ServerPrototype {
  _retrieveHandler?: (path: string) => Handler | null;
}

interface Request {
  getUrn?: () => string;
  getTimeout?: () => number;
}

const service = "/pulumirpc.ResourceProvider/";
const calls = new AsyncLocalStorage<EngineCall>();
const cancellation = new AbortController();
// Each wait of the process listens: one stack may have hundreds, and Node warns from the eleventh on.
setMaxListeners(0, cancellation.signal);

/** Aborted when the engine asks to cancel (Ctrl-C), or is gone. */
export const cancelled: AbortSignal = cancellation.signal;

export function cancel(): void {
  cancellation.abort();
}

/** The call at hand; undefined where the hook is not in force, and in the first call of a process. */
export function currentCall(): EngineCall | undefined {
  return calls.getStore();
}

/** @returns whether the hook is in force. */
export function installCallHook(prototype: ServerPrototype | undefined = hostServerPrototype()): boolean {
  const original = prototype?._retrieveHandler;
  if (prototype === undefined || typeof original !== "function") return false;
  prototype._retrieveHandler = function (path) {
    const handler = original.call(this, path);
    if (handler === null || handler === undefined || !path.startsWith(service)) return handler;
    if (path === `${service}Cancel`) cancel();
    return { ...handler, func: (...parameters) => calls.run(callOf(parameters[0]), () => handler.func(...parameters)) };
  };
  return true;
}

function callOf(call: unknown): EngineCall {
  const request = (call as { request?: Request }).request;
  const timeout = request?.getTimeout?.();
  return { urn: request?.getUrn?.(), timeoutSeconds: timeout === undefined || timeout <= 0 ? undefined : timeout };
}

/** The grpc-js of the process's own host, which may be another copy than the one beside this package. */
function hostServerPrototype(): ServerPrototype | undefined {
  try {
    const host = createRequire(require.main?.filename ?? __filename);
    const grpc = host("@grpc/grpc-js") as { Server?: { prototype?: ServerPrototype } };
    return grpc.Server?.prototype;
  } catch {
    return undefined;
  }
}
