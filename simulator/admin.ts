/** What the programmatic interface does, over HTTP: for other processes, and for the page. JSON, and no secret. */
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { type OutsideChange, SimulatorError } from "./platform";
import { type RecordedRequest, type RequestFilter, shownRequest } from "./request-log";
import type { SimulatedWorld } from "./world";

/** How often the page learns of states that changed by time alone, milliseconds. */
const refreshMs = 500;

export function adminRoutes(world: SimulatedWorld): Hono {
  const app = new Hono();

  app.get("/state", (context) => context.json(state(world)));
  app.get("/requests", (context) =>
    context.json({ requests: world.log.list(filterOf(context.req.query())).map(shownRequest) }),
  );
  app.get("/events", (context) => events(world, context));
  app.post("/faults", async (context) => {
    world.faults.add(await readJson(context));
    return context.json({ faults: world.faults.waiting().length });
  });
  app.post("/act", async (context) => {
    world.act((await readJson(context)) as OutsideChange);
    return context.json({ deployments: world.deployments() });
  });
  app.post("/scenario", async (context) => {
    world.scenario.configure(await readJson(context));
    return context.json({ scenario: world.scenario.current() });
  });
  app.post("/reset", (context) => {
    world.reset();
    return context.json(state(world));
  });
  app.all("*", (context) =>
    context.json({ error: `the simulator has no ${context.req.method} ${context.req.path}` }, 404),
  );
  app.onError((error, context) => {
    if (error instanceof SimulatorError) return context.json({ error: error.message }, 400);
    throw error;
  });
  return app;
}

function state(world: SimulatedWorld) {
  return {
    run: world.run(),
    url: world.url,
    scenario: world.scenario.current(),
    // The bodies of faults are left out: a test may have put anything there.
    faults: world.faults
      .waiting()
      .map(({ kind, platform, method, path, times, skip }) => ({ kind, platform, method, path, times, skip })),
    deployments: world.deployments(),
  };
}

/** First all that there is, then what changes, as server-sent events `state` and `request`. */
function events(world: SimulatedWorld, context: Context): Response {
  return streamSSE(context, async (stream) => {
    const send = (event: string, data: string): Promise<void> => stream.writeSSE({ event, data });
    const sendRequest = (request: RecordedRequest): Promise<void> =>
      send("request", JSON.stringify({ run: world.run(), ...shownRequest(request) }));
    const unsubscribe = world.log.subscribe((request) => void sendRequest(request));
    stream.onAbort(unsubscribe);
    let sent = JSON.stringify(state(world));
    await send("state", sent);
    for (const request of world.log.list()) await sendRequest(request);
    while (!stream.aborted) {
      await stream.sleep(refreshMs);
      const current = JSON.stringify(state(world));
      if (current !== sent) await send("state", current);
      sent = current;
    }
  });
}

function filterOf(query: Record<string, string>): RequestFilter {
  const { platform, method, path } = query;
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path: expression(path) }),
  };
}

function expression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new SimulatorError(`path: "${text}" is not a regular expression`);
  }
}

async function readJson(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw new SimulatorError("the body must be JSON");
  }
}
