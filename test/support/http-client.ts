/** A client with nothing special about it, for tests that change one thing, and servers for it to talk to. */
import { type AddressInfo, type Server } from "node:net";
import { createHttpClient, type HttpClientOptions } from "../../provider/http/client";
import type { HttpClient, HttpRequest } from "../../provider/http/request";
import { createRedactor } from "../../provider/redaction";
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from "./scripted-server";

export const apiKey = "key-0123456789";

/** Two more sends, almost at once. */
export const retrying = {
  retry: { retries: 2, throttledRetries: 2, firstWaitMs: 1, longestWaitMs: 2, longestRetryAfterMs: 1_000 },
};

const closing: (() => Promise<unknown>)[] = [];

/** For `afterEach`: closes what the other functions here have opened. */
export async function closeAll(): Promise<void> {
  await Promise.all(closing.splice(0).map((close) => close()));
}

export function client(baseUrl: string, more: Partial<HttpClientOptions> = {}): HttpClient {
  const made = createHttpClient({
    title: "Acme",
    baseUrl,
    authorize: () => Promise.resolve({ authorization: `Bearer ${apiKey}` }),
    canRefresh: false,
    describeError: (_status, body) => ({ text: body }),
    credentialOrigin: () => "the environment variable ACME_API_KEY",
    redactor: createRedactor([apiKey]),
    retry: { retries: 0, throttledRetries: 0, firstWaitMs: 1, longestWaitMs: 4, longestRetryAfterMs: 120_000 },
    requestsPerSecond: 10_000,
    userAgent: "pulumi-inference/test",
    ...more,
  });
  closing.unshift(() => made.close());
  return made;
}

export async function scripted(...answers: ScriptedAnswer[]): Promise<ScriptedServer> {
  const server = await startScriptedServer(...answers);
  closing.push(() => server.close());
  return server;
}

/** @returns the port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

export function get(more: Partial<HttpRequest<unknown>> = {}): HttpRequest<unknown> {
  return { method: "GET", path: "/things", read: (json) => json, signal: new AbortController().signal, ...more };
}

export function post(more: Partial<HttpRequest<unknown>> = {}): HttpRequest<unknown> {
  return get({ method: "POST", ...more });
}

/** What a request that must fail fails with. */
export async function failure(sent: Promise<unknown>): Promise<Error> {
  return sent.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: Error) => error,
  );
}
