/** One account of a platform whose server is scripted, and a call that records what an adapter asks of the core. */
import { createConnections, type Connection } from "../../provider/connection/connection";
import type { RetryPolicy } from "../../provider/http/retry";
import type { Call, DeploymentReference, Phase, Platform } from "../../provider/platform";
import { type ReceivedRequest, type ScriptedAnswer, type ScriptedServer, startScriptedServer } from "./scripted-server";

export interface RecordedCall extends Call {
  lines: string[];
  warnings: string[];
  /** Each `waitUntil`, with the number of requests that came before it. */
  waits: { reference: DeploymentReference; phases: readonly Phase[]; afterRequests: number }[];
}

export interface ScriptedAccount {
  server: ScriptedServer;
  connection: Connection;
  call: RecordedCall;
  /** Cancels the call. */
  cancel(): void;
  /** `POST /path` of each request. */
  requests(): string[];
  /** Closes the server, and fails when a request was not scripted. */
  close(): Promise<void>;
}

/** Retries as the real policy does, without its waits. */
const impatient: RetryPolicy = {
  retries: 2,
  throttledRetries: 2,
  firstWaitMs: 1,
  longestWaitMs: 2,
  longestRetryAfterMs: 50,
};

/** @param config the stack's config, for a server at the given address. */
export async function openScriptedAccount<Inputs>(
  platform: Platform<Inputs>,
  config: (url: string) => Record<string, string>,
  ...answers: ScriptedAnswer[]
): Promise<ScriptedAccount> {
  const server = await startScriptedServer(...answers);
  const values = config(server.url);
  const sources = { config: (key: string) => values[key], explicit: false, environment: {} };
  const controller = new AbortController();
  const connection = await connectOrClose(server, () => createConnections(sources, impatient).connect(platform));
  return {
    server,
    connection,
    call: recordingCall(server, controller.signal),
    cancel: () => controller.abort(),
    requests: () => server.received.map(requestLine),
    async close() {
      await server.close();
      expect(server.unexpected.map(requestLine)).toEqual([]);
    },
  };
}

/** A config that is refused leaves no server that would keep the process. */
async function connectOrClose(server: ScriptedServer, connect: () => Connection): Promise<Connection> {
  try {
    return connect();
  } catch (error) {
    await server.close();
    throw error;
  }
}

function requestLine({ method, url }: ReceivedRequest): string {
  return `${method} ${url}`;
}

function recordingCall(server: ScriptedServer, signal: AbortSignal): RecordedCall {
  const call: RecordedCall = {
    signal,
    maximumAgeMs: 0,
    lines: [],
    warnings: [],
    waits: [],
    report: (message) => void call.lines.push(message),
    info: (message) => void call.lines.push(message),
    warn: (message) => void call.warnings.push(message),
    noteChange: () => undefined,
    aboutToCreate: () => Promise.resolve(),
    waitUntil(reference, phases) {
      call.waits.push({ reference, phases, afterRequests: server.received.length });
      return Promise.resolve();
    },
  };
  return call;
}
