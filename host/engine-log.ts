/** Lines in the resource's own row of `pulumi up`, by the engine's log service. */
import type { ResourceLog } from "../provider/lifecycle/provider-call";
import { engineAddress } from "./engine-address";
import { fromSdk } from "./sdk-modules";

interface LogRequest {
  setSeverity(severity: number): void;
  setMessage(message: string): void;
  setUrn(urn: string): void;
  setStreamid(id: number): void;
  setEphemeral(ephemeral: boolean): void;
}

interface EngineProtocol {
  LogRequest: new () => LogRequest;
  LogSeverity: { INFO: number; WARNING: number };
}

interface EngineClient {
  log(request: LogRequest, callback: (error: unknown) => void): void;
}

/** Stops the wait for lines that the engine does not take. */
const flushLimitMs = 2_000;
/**
 * What holds for less is not shown: nobody could read it, and each line costs the engine and this process as much as
 * a request to a platform. Milliseconds.
 */
const readableMs = 200;
/** Lines of one stream are joined in the summary; each line of ours has a stream of its own. */
let lastStream = 1;

/**
 * A log whose `flush` resolves when the engine has taken all lines, so that none is lost with the call's end. A status
 * that is still held then is sent only where it replaces another, which the row would go on showing.
 */
export interface EngineLog extends ResourceLog {
  flush(): Promise<void>;
}

/**
 * @param urn where it is not known, lines stand in the stack's row.
 * @param id tells there which resource a state is of; other lines name their deployment themselves.
 */
export function createEngineLog(urn: string | undefined, id?: string): EngineLog {
  const pending = new Set<Promise<void>>();
  let newest: Promise<void> = Promise.resolve();
  let held: { status: string; timer: NodeJS.Timeout } | undefined;
  let showsStatus = false;

  /** @returns the status that was held, if any. */
  function release(): string | undefined {
    const status = held?.status;
    clearTimeout(held?.timer);
    held = undefined;
    return status;
  }

  function write(severity: "INFO" | "WARNING", message: string, ephemeral = false): void {
    // Of the row's lines the newest is shown.
    release();
    showsStatus = ephemeral;
    // One after the other: the engine shows what it handles last. A line that cannot be shown must not fail the
    // deployment that it tells about.
    const written = newest.then(() => send(urn, severity, message, ephemeral)).catch(() => undefined);
    newest = written;
    pending.add(written);
    void written.then(() => pending.delete(written));
  }

  function hold(status: string): void {
    release();
    held = { status, timer: setTimeout(() => write("INFO", status, true), readableMs) };
  }

  return {
    status: (message) => hold(urn === undefined && id !== undefined ? `${id}: ${message}` : message),
    info: (message) => write("INFO", message),
    warn: (message) => write("WARNING", message),
    async flush() {
      const status = release();
      if (status !== undefined && showsStatus) write("INFO", status, true);
      if (pending.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, flushLimitMs)));
      await Promise.race([Promise.all(pending), limit]);
      clearTimeout(timer);
    },
  };
}

async function send(urn: string | undefined, severity: "INFO" | "WARNING", message: string, ephemeral: boolean) {
  const engine = connectToEngine();
  if (engine === undefined) return;
  const request = new engine.protocol.LogRequest();
  request.setSeverity(engine.protocol.LogSeverity[severity]);
  request.setMessage(message);
  request.setEphemeral(ephemeral);
  request.setStreamid(ephemeral ? 0 : ++lastStream);
  if (urn !== undefined) request.setUrn(urn);
  await new Promise<void>((resolve) => engine.client.log(request, () => resolve()));
}

interface Engine {
  client: EngineClient;
  protocol: EngineProtocol;
}

let connection: Engine | undefined | "none";

function connectToEngine(): Engine | undefined {
  connection ??= openConnection() ?? "none";
  return connection === "none" ? undefined : connection;
}

/** Loads the protocol from the SDK copy that this process runs, and only when there is something to say. */
function openConnection(): Engine | undefined {
  const address = engineAddress();
  if (address === undefined) return undefined;
  const grpc = fromSdk("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
  const services = fromSdk("@pulumi/pulumi/proto/engine_grpc_pb") as {
    EngineClient: new (address: string, credentials: unknown) => EngineClient;
  };
  const protocol = fromSdk("@pulumi/pulumi/proto/engine_pb") as EngineProtocol;
  const client = new services.EngineClient(`${address.host}:${address.port}`, grpc.credentials.createInsecure());
  return { client, protocol };
}
