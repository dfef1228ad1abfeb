/** Finds the route, and makes the checks that all routes share, in the platform's order. */
import { type Context, Hono } from "hono";
import type { Exchange, PlatformApp } from "../../platform";
import { refuseAction, refuseStranger } from "./access";
import type { Cluster } from "./cluster";
import { noHandler, argumentError, wrongMethod } from "./errors";
import { type Body, type BodyRules, readBody } from "./request-body";

export interface Call {
  cluster: Cluster;
  exchange: Exchange;
  /** From the path, decoded; empty where the path has none. */
  id: string;
  query: Record<string, string>;
  body: Body;
}

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** In Hono's notation; an id is `:id`. */
  paths: readonly string[];
  /** The permission that it needs. */
  action: string;
  query?: readonly string[];
  /** Absent for routes whose body, if any, is not read. */
  body?: BodyRules;
  handle(call: Call): Response;
}

/** Parameters that every route of OpenSearch takes. */
const commonQuery = ["pretty", "human", "error_trace", "filter_path", "format"];

export function createApp(cluster: Cluster, routes: readonly Route[]): PlatformApp {
  const app: PlatformApp = new Hono();
  app.use("*", async (context, next) => {
    cluster.schedule.catchUp();
    cluster.reads++;
    return refuseStranger(cluster.world, context.req.header("authorization")) ?? next();
  });
  for (const route of routes) {
    app.on(route.method, [...route.paths], (context) => answer(cluster, route, context));
  }
  for (const path of new Set(routes.flatMap(({ paths }) => paths))) {
    const allowed = routes.filter(({ paths }) => paths.includes(path)).map(({ method }) => method);
    app.all(path, ({ req }) => wrongMethod(uriOf(req.url), req.method, allowed));
  }
  app.all("*", ({ req }) => noHandler(uriOf(req.url), req.method));
  return app;
}

function answer(cluster: Cluster, route: Route, context: Context<{ Bindings: Exchange }>): Response {
  const query = context.req.query();
  const known = [...commonQuery, ...(route.query ?? [])];
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  const path = new URL(context.req.url).pathname;
  if (unknown.length > 0) {
    const names = unknown.map((name) => `[${name}]`).join(", ");
    return argumentError(`request [${path}] contains unrecognized parameter${unknown.length > 1 ? "s" : ""}: ${names}`);
  }
  const body = bodyOf(route, context);
  if (body instanceof Response) return body;
  const call = { cluster, exchange: context.env, id: context.req.param("id") ?? "", query, body };
  return refuseAction(cluster.world, route.action) ?? route.handle(call);
}

function bodyOf(route: Route, { env, req }: Context<{ Bindings: Exchange }>): Body | Response {
  if (route.body === undefined) {
    if (env.rawBody !== "") env.violation("it takes no body");
    return {};
  }
  const type = req.header("content-type") ?? "";
  if (env.rawBody !== "" && !type.startsWith("application/json")) {
    // OpenSearch needs the header (documented); how it refuses was not captured.
    return Response.json({ error: `Content-Type header [${type}] is not supported`, status: 406 }, { status: 406 });
  }
  return readBody(env, route.body);
}

function uriOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
