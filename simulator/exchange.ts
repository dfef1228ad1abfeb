/** The way of one request: record, fault, platform, answer. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";
import { chanceFault, throttled } from "./chance";
import type { PreparedFault } from "./faults";
import { maskBody, maskHeaders, maskQuery, maskText } from "./masking";
import type { Exchange } from "./platform";
import { platforms } from "./platforms/registry";
import type { RecordedRequest } from "./request-log";
import type { SimulatedWorld } from "./world";

type HttpContext = Context<{ Bindings: HttpBindings }>;

/** Answers a request to a platform, or to nobody. */
export async function exchange(world: SimulatedWorld, context: HttpContext): Promise<Response> {
  const body = parseBody(await context.req.text(), context.req.header("content-type") ?? "");
  const record = openRecord(world, context, body);
  const { latencyMs } = world.scenario.current();
  if (latencyMs > 0) await sleep(latencyMs);
  try {
    return await answer(world, context, record, body.parsed);
  } finally {
    world.log.changed(record);
  }
}

async function answer(
  world: SimulatedWorld,
  context: HttpContext,
  record: RecordedRequest,
  body: unknown,
): Promise<Response> {
  const fault = findFault(world, record);
  if (fault === undefined) return settle(record, await askPlatform(world, context, record, body));

  record.fault = fault.kind;
  if (fault.kind === "reset") return drop(context);
  const early = fault.acts ? settle(record, await askPlatform(world, context, record, body)) : undefined;
  if (fault.kind === "hang") return hang(context);
  if (fault.kind === "status") return settle(record, faultAnswer(record, fault));
  if (fault.kind === "delay") await (fault.until ?? sleep(fault.delayMs));
  const acted = early ?? settle(record, await askPlatform(world, context, record, body));
  if (fault.kind === "lost-answer") return drop(context);
  if (fault.kind === "cut-answer") return cut(context, acted);
  return fault.kind === "garbage" ? settle(record, garbage()) : acted;
}

interface Body {
  raw: string;
  parsed: unknown;
}

function parseBody(raw: string, contentType: string): Body {
  if (raw === "") return { raw, parsed: undefined };
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return { raw, parsed: Object.fromEntries(new URLSearchParams(raw)) };
  }
  try {
    return { raw, parsed: JSON.parse(raw) };
  } catch {
    return { raw, parsed: raw };
  }
}

function openRecord(world: SimulatedWorld, context: HttpContext, body: Body): RecordedRequest {
  // As it was sent: `context.req.path` would be normalised.
  const [path = "/", query = ""] = (context.env.incoming.url ?? "/").split(/\?(.*)/s);
  const platform = platforms.find((candidate) => candidate.owns(path));
  const headers = context.req.header();
  return world.log.open({
    atMs: Date.now(),
    platform: platform?.id ?? "unknown",
    method: context.req.method,
    path: maskText(path, world.credentials),
    query: maskQuery(Object.fromEntries(new URLSearchParams(query)), world.credentials),
    headers: maskHeaders(headers, world.credentials),
    body: maskBody(body.parsed, platform?.secretFields ?? [], world.credentials),
    rawHeaders: headers,
    rawBody: body.raw,
  });
}

function findFault(world: SimulatedWorld, record: RecordedRequest): PreparedFault | undefined {
  const injected = world.faults.take(record);
  if (injected !== undefined || record.platform === "unknown") return injected;
  const scenario = world.scenario.current();
  const { requestsPerSecond } = scenario.throttling;
  if (requestsPerSecond !== undefined && !world.rateLimit.admits(record.platform, requestsPerSecond)) {
    return throttled(scenario);
  }
  return chanceFault(scenario, record.method, () => world.scenario.random());
}

async function askPlatform(
  world: SimulatedWorld,
  context: HttpContext,
  record: RecordedRequest,
  body: unknown,
): Promise<Response> {
  if (record.platform === "unknown") {
    return context.json({ error: `no simulated platform has the path ${record.path}` }, 404);
  }
  const lent: Exchange = {
    body,
    rawBody: record.rawBody,
    violation: (message) => void record.violations.push(message),
  };
  // Its body is read, and is lent beside it.
  return world.simulation(record.platform).app.fetch(context.req.raw, lent);
}

function settle(record: RecordedRequest, response: Response): Response {
  record.status = response.status;
  return response;
}

function faultAnswer(record: RecordedRequest, fault: PreparedFault): Response {
  const platform = platforms.find(({ id }) => id === record.platform);
  const message = `injected by the simulator (${fault.status})`;
  const body = fault.body ?? platform?.errorBody(fault.status, message) ?? { error: message };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json";
  const empty = fault.status === 204 || fault.status === 304;
  return new Response(empty ? null : text, {
    status: fault.status,
    headers: { "content-type": type, ...fault.headers },
  });
}

function garbage(): Response {
  const page = "<!doctype html><title>Gateway</title><p>Please wait while we check your browser.</p>";
  return new Response(page, { headers: { "content-type": "text/html" } });
}

function drop(context: HttpContext): Response {
  context.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

async function hang(context: HttpContext): Promise<Response> {
  const { socket } = context.env.incoming;
  if (!socket.destroyed) await once(socket, "close");
  return RESPONSE_ALREADY_SENT;
}

async function cut(context: HttpContext, response: Response): Promise<Response> {
  const { incoming, outgoing } = context.env;
  const text = Buffer.from(await response.text());
  outgoing.writeHead(response.status, {
    "content-type": response.headers.get("content-type") ?? "application/json",
    // One byte at least, so that an empty answer is cut too.
    "content-length": Math.max(1, text.length),
  });
  outgoing.write(text.subarray(0, Math.floor(text.length / 2)), () => incoming.socket.destroy());
  outgoing.flushHeaders();
  return RESPONSE_ALREADY_SENT;
}
