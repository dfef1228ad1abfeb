/**
 * Gives a dynamic provider what the SDK's host keeps from it: the URN and the timeout of the call at
 * hand, the engine's request to cancel, and a place to name the inputs that changed. The host builds
 * a grpc-js server, and this wraps the method by which that server finds its handlers. The method is
 * private to grpc-js: it exists in 1.10 to 1.14; where it does not, calls go on without URN, timeouts
 * come from the inputs, and `replaceOnChanges` has no effect.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { cancel } from "../../host/cancellation";

export interface EngineCall {
  urn: string | undefined;
  /** From `customTimeouts`; undefined when the program sets none. */
  timeoutSeconds: number | undefined;
  /** Set by a diff. */
  changedPaths?: readonly string[];
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

/** grpc-js' callback of a call. */
type Answer = (error: unknown, value?: DiffAnswer | null, ...rest: unknown[]) => unknown;

interface DiffAnswer {
  setDiffsList?: (keys: string[]) => void;
}

const service = "/pulumirpc.ResourceProvider/";
const calls = new AsyncLocalStorage<EngineCall>();

/** The call at hand; undefined where the hook is not in force, and in the first call of a process. */
export function currentCall(): EngineCall | undefined {
  return calls.getStore();
}

/**
 * Names the inputs that the diff at hand found changed, for the answer to the engine, which obeys
 * `replaceOnChanges` by them.
 *
 * @param paths dotted: `deepinfra.settings.maxInstances`.
 */
export function nameChanges(paths: readonly string[]): void {
  const call = calls.getStore();
  if (call !== undefined) call.changedPaths = paths;
}

/** @returns whether the hook is in force. */
export function installCallHook(prototype: ServerPrototype | undefined = hostServerPrototype()): boolean {
  const original = prototype?._retrieveHandler;
  if (prototype === undefined || typeof original !== "function") return false;
  prototype._retrieveHandler = function (path) {
    const handler = original.call(this, path);
    if (handler === null || handler === undefined || !path.startsWith(service)) return handler;
    if (path === `${service}Cancel`) cancel();
    return { ...handler, func: (...parameters) => runHandler(handler, parameters) };
  };
  return true;
}

function runHandler(handler: Handler, [call, answer, ...rest]: unknown[]): unknown {
  const engineCall = callOf(call);
  const named = typeof answer === "function" ? withChanges(engineCall, answer as Answer) : answer;
  return calls.run(engineCall, () => handler.func(call, named, ...rest));
}

/** The engine shows a change by the names of whole properties, and looks for `replaceOnChanges` among the paths. */
function withChanges(engineCall: EngineCall, answer: Answer): Answer {
  return (error, value, ...rest) => {
    const { changedPaths = [] } = engineCall;
    const keys = new Set(changedPaths.flatMap((path) => [path.split(".")[0] ?? path, path]));
    if (keys.size > 0) value?.setDiffsList?.([...keys]);
    return answer(error, value, ...rest);
  };
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
