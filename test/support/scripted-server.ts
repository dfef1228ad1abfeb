/** A platform of a few lines: answers from a script, and records what it was sent. For exact-request tests. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ScriptedAnswer {
  status?: number;
  /** An object is sent as JSON, a text as it is; absent means an empty body. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Drops the connection: before anything is sent, or in the middle of the answer. */
  drop?: "before-answer" | "in-answer";
}

export interface ReceivedRequest {
  method: string;
  /** Path and query, verbatim. */
  url: string;
  headers: IncomingMessage["headers"];
  /** Parsed JSON; the raw text when it is none; undefined for an empty body. */
  body: unknown;
}

export interface ScriptedServer {
  url: string;
  received: ReceivedRequest[];
  /** Requests for which no answer was left; a test expects none. */
  unexpected: ReceivedRequest[];
  /** Adds answers, given in turn, whatever the request is. */
  answer(...answers: ScriptedAnswer[]): void;
  close(): Promise<void>;
}

export async function startScriptedServer(...answers: ScriptedAnswer[]): Promise<ScriptedServer> {
  const queue = [...answers];
  const received: ReceivedRequest[] = [];
  const unexpected: ReceivedRequest[] = [];

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const record = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      received.push(record);
      const next = queue.shift();
      if (next === undefined) unexpected.push(record);
      send(response, next ?? { status: 599, body: "no answer was scripted" });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    received,
    unexpected,
    answer: (...more) => void queue.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function send(response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer.drop === "before-answer") {
    response.destroy();
    return;
  }
  const text =
    answer.body === undefined ? "" : typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  const type = typeof answer.body === "string" ? "text/plain" : "application/json";
  if (answer.drop === "in-answer") {
    response.writeHead(answer.status ?? 200, {
      "content-type": type,
      "content-length": text.length + 100,
      ...answer.headers,
    });
    response.write(text, () => response.destroy());
    return;
  }
  response.writeHead(answer.status ?? 200, { "content-type": type, ...answer.headers });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
