/** The management routes, at their real paths. */
import { Hono } from "hono";
import type { Context } from "hono";
import type { Exchange, PlatformApp, World } from "../../platform";
import { deploymentOut, legacyRows, leftoverRows } from "./answers";
import { checkCreateBody, checkScaleBody, scaleOf } from "./bodies";
import type { Deployment } from "./deployment";
import type { Deployments } from "./deployments";
import { authenticationError, deepError, validationError } from "./errors";
import { gpuAvailability } from "./gpu-availability";
import { chatCompletion } from "./inference";
import type { DeepinfraOptions } from "./options";

type RouteContext = Context<{ Bindings: Exchange }>;

/** The documented values of the list's filter. */
const statuses = ["initializing", "downloading", "deploying", "running", "stopped", "failed", "deleted"];

/** The documented query parameters; others are violations. */
const queries: Record<string, string[]> = {
  "/deploy/list": ["status"],
  "/deploy/list/": ["status"],
  "/deploy/llm/gpu_availability": ["source", "base_model"],
  "/v1/me": ["checklist"],
};

export function deepinfraRoutes(world: World<DeepinfraOptions>, deployments: Deployments): PlatformApp {
  const app: PlatformApp = new Hono();
  const accepted = (deployment: Deployment): Response => Response.json({ deploy_id: deployment.id });

  /** For routes with an id in the path; a request without a body must have none. */
  function forOne(act: (deployment: Deployment, context: RouteContext) => Response) {
    return (context: RouteContext): Response => {
      const id = context.req.param("id") ?? "";
      const deployment = deployments.find(id);
      if (context.req.method !== "PUT" && context.env.body !== undefined) context.env.violation("it takes no body");
      return deployment === undefined ? deepError(404, `Deployment ${id} not found`) : act(deployment, context);
    };
  }

  app.use("*", async (context, next) => {
    const known = queries[context.req.path] ?? [];
    for (const name of Object.keys(context.req.query())) {
      if (!known.includes(name)) context.env.violation(`query parameter ${name}: not documented`);
    }
    const key = context.req.header("authorization");
    return key === `Bearer ${world.credentials.deepinfraApiKey}` ? next() : authenticationError(world.options());
  });
  app.post("/deploy/llm", (context) => create(world, deployments, context.env));
  app.get("/deploy/list", (context) => list(world, deployments, context.req.query("status")));
  app.get("/deploy/list/", (context) => list(world, deployments, context.req.query("status")));
  app.get("/deploy/llm/gpu_availability", () => Response.json(gpuAvailability(world.options().unavailableGpus)));
  app.get(
    "/deploy/:id",
    forOne((deployment) => Response.json(deploymentOut(deployment, world.now(), world.options()))),
  );
  app.put(
    "/deploy/:id",
    forOne((deployment, context) => scale(world, deployments, deployment, context.env)),
  );
  app.delete(
    "/deploy/:id",
    forOne((deployment) => {
      if (deployments.standing(deployment).status === "updating") return busy();
      deployments.remove(deployment);
      return accepted(deployment);
    }),
  );
  // 400 for the wrong state is inferred from the documented code; its text is not known.
  app.post(
    "/deploy/:id/stop",
    forOne((deployment) => {
      const { serves, status } = deployments.standing(deployment);
      if (status === "updating") return busy();
      if (!serves) return deepError(400, `Deployment is ${status}, not running`);
      deployments.stop(deployment);
      return accepted(deployment);
    }),
  );
  app.post(
    "/deploy/:id/start",
    forOne((deployment) => {
      const { status } = deployments.standing(deployment);
      if (status !== "stopped") return deepError(400, `Deployment is ${status}, not stopped`);
      deployments.start(deployment);
      return accepted(deployment);
    }),
  );
  app.get("/v1/me/gpu_limit", () => {
    const limits = world.options().gpuLimits;
    // The framework's word for a route that it does not have.
    return limits === null
      ? Response.json({ detail: "Not Found" }, { status: 404 })
      : Response.json({ limits, pending_requests: null });
  });
  app.get("/v1/me", (context) => Response.json(account(world.options(), context.req.query("checklist") === "true")));
  app.post("/v1/openai/chat/completions", (context) => chatCompletion(world, deployments, context.env));
  app.post("/v1/chat/completions", (context) => chatCompletion(world, deployments, context.env));
  return app;
}

function create(world: World<DeepinfraOptions>, deployments: Deployments, exchange: Exchange): Response {
  const options = world.options();
  const { body, problems } = checkCreateBody(exchange, options);
  if (problems !== undefined) return validationError(problems, options);
  // Measured: an account without a display name is refused so.
  if (options.displayName === "") return deepError(409, "missing display name");

  const [prefix, rest] = splitName(body.model_name);
  if (prefix !== undefined && prefix !== options.displayName) {
    return deepError(422, `Model name prefix '${prefix}' must match user display name '${options.displayName}'`);
  }
  const modelName = `${options.displayName}/${rest}`;
  // The code is documented, the text is not.
  if (deployments.holderOf(modelName) !== undefined) return deepError(409, `Model name ${modelName} is already taken`);
  const { behaviour, ...created } = deployments.create(modelName, body);
  // However fast it starts, the answer to the create shows the first state.
  const unstarted = { ...created, behaviour: { ...behaviour, readyAfterMs: Infinity } };
  return Response.json(deploymentOut(unstarted, world.now(), options));
}

function list(world: World<DeepinfraOptions>, deployments: Deployments, filter: string | undefined): Response {
  const options = world.options();
  const wanted = filter === undefined || filter === "" ? undefined : filter.split(",");
  const unknown = wanted?.find((status) => !statuses.includes(status) && !(options.newerApi && status === "updating"));
  if (unknown !== undefined) return deepError(400, `Unknown status ${unknown}`);
  const rows = [
    ...(options.legacyRows ? legacyRows(options) : []),
    ...options.leftoverNames.flatMap((name) => leftoverRows(name, options)),
    ...deployments.readable().map((deployment) => deploymentOut(deployment, world.now(), options)),
  ];
  return Response.json(rows.filter(({ status }) => wanted === undefined || wanted.includes(status)));
}

function scale(
  world: World<DeepinfraOptions>,
  deployments: Deployments,
  deployment: Deployment,
  exchange: Exchange,
): Response {
  const options = world.options();
  const { body, problems } = checkScaleBody(exchange, options);
  if (problems !== undefined) return validationError(problems, options);
  const { live, serves, status } = deployments.standing(deployment);
  if (status === "updating") return busy();
  if (!live || (!serves && options.earlyUpdate === "refuse")) {
    return deepError(400, `Deployment is ${status}, not running`);
  }
  deployments.scale(deployment, scaleOf(body.settings));
  return Response.json({ deploy_id: deployment.id });
}

/** Documented by the newer API for changes during a change; the text is not known. */
function busy(): Response {
  return deepError(409, "Deployment is updating");
}

/** The prefix, when there is one, and the rest. */
function splitName(name: string): [string | undefined, string] {
  const slash = name.indexOf("/");
  return slash < 0 ? [undefined, name] : [name.slice(0, slash), name.slice(slash + 1)];
}

function account({ displayName }: DeepinfraOptions, checklist: boolean) {
  return {
    display_name: displayName === "" ? null : displayName,
    ...(checklist ? { checklist: { suspend_reason: null } } : {}),
  };
}
