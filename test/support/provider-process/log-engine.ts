/** As much of an engine as a provider talks to: it takes log lines. */
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty, engineService, grpc } from "./protocol";

export interface LogLine {
  severity: "debug" | "info" | "warning" | "error";
  message: string;
  urn: string;
  /** Shown in the resource's row while it works, and gone at the end. */
  ephemeral: boolean;
  streamId: number;
}

export interface LogEngine {
  address: string;
  lines: LogLine[];
  /** The first line that matches, now or later. */
  waitForLine(pattern: RegExp): Promise<LogLine>;
  close(): void;
}

export async function startLogEngine(): Promise<LogEngine> {
  const lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  const server = new grpc.Server();
  server.addService(engineService.EngineService, {
    log: (call: { request: LogRequest }, answer: (error: null, value: unknown) => void) => {
      const line = toLine(call.request);
      lines.push(line);
      listeners.forEach((listener) => listener(line));
      answer(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );

  return {
    address: `127.0.0.1:${port}`,
    lines,
    waitForLine: (pattern) =>
      new Promise((resolve) => {
        const look = (line: LogLine) => {
          if (!pattern.test(line.message)) return false;
          listeners.delete(look);
          resolve(line);
          return true;
        };
        if (!lines.some(look)) listeners.add(look);
      }),
    close: () => server.forceShutdown(),
  };
}

const severities = ["debug", "info", "warning", "error"] as const;

function toLine(request: LogRequest): LogLine {
  return {
    severity: severities[request.getSeverity()] ?? "info",
    message: request.getMessage(),
    urn: request.getUrn(),
    ephemeral: request.getEphemeral(),
    streamId: request.getStreamid(),
  };
}
