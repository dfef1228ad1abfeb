/** The three documented routes. */
import { type Context, Hono } from "hono";
import { describeProblem } from "../../body-check";
import type { Exchange, PlatformApp, World } from "../../platform";
import { dockStatus, errorAnswer, jobAccepted } from "./answers";
import { checkDeployBody, type DeployBody, modelTypes } from "./bodies";
import type { Models } from "./models";
import type { KoreOptions } from "./options";

type RouteContext = Context<{ Bindings: Exchange }>;

export function koreRoutes(world: World<KoreOptions>, models: Models): PlatformApp {
  const app: PlatformApp = new Hono();
  const refuse = (status: number, message: string): Response => errorAnswer(status, message, world.options());

  app.use("*", async (context, next) => {
    const key = context.req.header("x-api-key");
    if (key !== world.credentials.koreApiKey) return refuse(world.options().authStatus, "Invalid API key");
    // The documents write `/models/:{modelId}/deploy`; their samples show that the colon is not sent.
    if (/:|%3a/i.test(context.req.path)) {
      context.env.violation("a colon in the path");
      return refuse(404, "Not found");
    }
    const allowed = /\/deploy$/.test(context.req.path) ? ["modelType"] : [];
    for (const name of Object.keys(context.req.query())) {
      if (!allowed.includes(name)) context.env.violation(`query parameter ${name}: not documented`);
    }
    return next();
  });
  app.post("/api/public/models/:modelId/deploy", (context) => deploy(world, models, context, refuse));
  app.post("/api/public/models/:modelId/undeploy", (context) => undeploy(world, models, context, refuse));
  app.get("/api/public/dock-status/:jobId", (context) => {
    const job = models.job(context.req.param("jobId"));
    if (job === undefined || job.forgotten) return refuse(404, "Dock status not found");
    return Response.json(dockStatus(models, job, world.options()));
  });
  return app;
}

type Refuse = (status: number, message: string) => Response;

function deploy(world: World<KoreOptions>, models: Models, context: RouteContext, refuse: Refuse): Response {
  const options = world.options();
  const modelId = context.req.param("modelId") ?? "";
  const modelType = context.req.query("modelType");
  if (modelType === undefined) return refuse(400, "modelType is required");
  if (!modelTypes.includes(modelType)) return refuse(400, `modelType must be one of ${modelTypes.join(", ")}`);
  if (!isKnown(modelId, options)) return refuse(404, `Model ${modelId} not found`);
  const problems = checkDeployBody(context.env, options);
  if (problems.length > 0) return refuse(400, problems.map(describeProblem).join("; "));
  // Documented: the first deployment has to be made by hand. What the server answers is not known.
  if (options.neverDeployed.includes(modelId)) return refuse(400, "The first deployment must be made in the platform");
  const job = models.deploy(modelId, modelType, context.env.body as DeployBody);
  return Response.json(jobAccepted(models, job, options));
}

function undeploy(world: World<KoreOptions>, models: Models, context: RouteContext, refuse: Refuse): Response {
  const options = world.options();
  const modelId = context.req.param("modelId") ?? "";
  if (context.env.body !== undefined) context.env.violation("undeploy takes no body");
  const model = models.model(modelId);
  if (!isKnown(modelId, options)) return refuse(404, `Model ${modelId} not found`);
  const idle = model === undefined || models.consoleStatus(model) === "Ready to Deploy";
  if (idle && options.idleUndeploy === "refuse") return refuse(400, `Model ${modelId} is not deployed`);
  if (model === undefined || (idle && options.idleUndeploy === "not-found")) {
    return refuse(404, `Model ${modelId} not found`);
  }
  return Response.json(jobAccepted(models, models.undeploy(model), options));
}

function isKnown(modelId: string, { models }: KoreOptions): boolean {
  return models === null || models.includes(modelId);
}
