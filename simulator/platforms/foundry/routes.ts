/** The routes of live deployments, of tokens, and of the older way to inference. */
import { Hono } from "hono";
import type { Exchange, PlatformApp, World } from "../../platform";
import { liveDeploymentOut } from "./answers";
import { createBody, readBody, refuseConfiguration, replaceBody, transformBody } from "./bodies";
import { type Deployment, isDisabled } from "./deployment";
import type { Deployments } from "./deployments";
import { bare, foundryError, invalidArgument, modelNotFound } from "./errors";
import { createGuards, type Guards, type RouteContext, scopes } from "./guards";
import { infer } from "./inference";
import type { FoundryOptions } from "./options";
import type { Tokens } from "./tokens";

const collection = "/api/v2/models/liveDeployments";
const one = `${collection}/:rid`;

export function foundryRoutes(world: World<FoundryOptions>, deployments: Deployments, tokens: Tokens): PlatformApp {
  const app: PlatformApp = new Hono();
  const guards = createGuards(world, deployments, tokens);

  app.post("/multipass/api/oauth2/token", ({ env, req }) => tokens.issue(env, req.header("authorization")));
  addConfigurationRoutes(app, guards, world, deployments);
  addSwitchRoutes(app, guards, world, deployments);
  addInferenceRoutes(app, guards, world, tokens);
  // There is no delete and no patch; that they answer 405 is inferred, that errors of routes have no body is documented.
  for (const path of [collection, one, `${one}/disable`, `${one}/start`, `${one}/transformJson`]) {
    app.all(path, () => bare(world.options().api === "none" ? 404 : 405));
  }
  app.get("/api/v2/models/:modelRid", guards.operation(scopes.read, [], modelOut(world)));
  app.all("*", () => bare(404));
  return app;
}

function addConfigurationRoutes(
  app: PlatformApp,
  { forOne, operation }: Guards,
  world: World<FoundryOptions>,
  deployments: Deployments,
): void {
  const out = (deployment: Deployment): Response =>
    Response.json(liveDeploymentOut(deployment, world.now(), world.options()));

  app.post(
    collection,
    operation(scopes.write, [], ({ env }) => create(world, deployments, env, out)),
  );
  app.get(
    collection,
    operation(scopes.read, ["modelRid", "branch"], ({ req }) => list(world, deployments, req.query())),
  );
  app.get(one, operation(scopes.read, [], forOne("get", out)));
  const replaceOne = forOne(
    "replace",
    (deployment, { env }) => replace(world, deployments, deployment, env) ?? out(deployment),
  );
  app.put(one, operation(scopes.write, [], replaceOne));
}

/** `disable` and `start`, which came later than the others, and take no body. */
function addSwitchRoutes(
  app: PlatformApp,
  { forOne, operation }: Guards,
  world: World<FoundryOptions>,
  deployments: Deployments,
): void {
  for (const name of ["disable", "start"] as const) {
    const handle = forOne(name, (deployment, { env }) => {
      if (env.rawBody !== "") {
        env.violation("it takes no body");
        return invalidArgument("this operation takes no body", "Conjure");
      }
      deployments[name](deployment);
      return new Response(null, { status: 204 });
    });
    const isMissing = (): boolean => world.options().api === "without-disable-and-start";
    app.post(
      `${one}/${name}`,
      operation(scopes.write, [], (context) => (isMissing() ? bare(404) : handle(context))),
    );
  }
}

function addInferenceRoutes(
  app: PlatformApp,
  { forOne, operation }: Guards,
  world: World<FoundryOptions>,
  tokens: Tokens,
): void {
  const transform = forOne("transformJson", (deployment, { env }) => {
    const body = readBody(env, transformBody);
    if (body instanceof Response) return body;
    const output = infer(world, deployment, body.input);
    return output instanceof Response ? output : Response.json({ output });
  });
  app.post(`${one}/transformJson`, operation(scopes.execute, [], transform));

  const transformBare = forOne("transformJson", (deployment, { env }) => {
    const output = infer(world, deployment, (env.body ?? {}) as Record<string, unknown>);
    return output instanceof Response ? output : Response.json(output);
  });
  app.post(
    "/foundry-ml-live/api/inference/transform/:rid/v2",
    (context) => tokens.refuse(context.req.header("authorization"), scopes.execute) ?? transformBare(context),
  );
}

/** Of a model only its RID is told (documented). Any model is there, but those that the options call missing. */
function modelOut(world: World<FoundryOptions>) {
  return ({ req }: RouteContext): Response => {
    const rid = req.param("modelRid") ?? "";
    return world.options().missingModels.includes(rid) ? modelNotFound(rid) : Response.json({ rid });
  };
}

function create(
  world: World<FoundryOptions>,
  deployments: Deployments,
  exchange: Exchange,
  out: (deployment: Deployment) => Response,
): Response {
  const options = world.options();
  const body = readBody(exchange, createBody);
  if (body instanceof Response) return body;
  if (options.deniedOperations.includes("create")) {
    return foundryError("PERMISSION_DENIED", "CreateLiveDeploymentPermissionDenied");
  }
  const { branch, modelRid } = body.deploymentType;
  if (options.missingModels.includes(modelRid)) return modelNotFound(modelRid);
  const refusal = refuseConfiguration(body.runtimeConfiguration, options);
  if (refusal !== undefined) return refusal;
  if (options.emptyBranches.includes(branch) && options.emptyBranchOutcome === "refused") {
    return invalidArgument(`the model has no version on the branch ${branch}`);
  }
  const [existing] = deployments.ofModel(modelRid, branch);
  if (existing !== undefined && options.secondCreate === "refuse") {
    return invalidArgument(`the branch ${branch} has a live deployment already`);
  }
  const isNew = existing === undefined || options.secondCreate === "create-another";
  return out(isNew ? deployments.create(modelRid, branch, body.runtimeConfiguration) : existing);
}

function list(world: World<FoundryOptions>, deployments: Deployments, query: Record<string, string>): Response {
  const { branch, modelRid } = query;
  const options = world.options();
  if (modelRid === undefined) return invalidArgument("modelRid is required", "Conjure");
  if (options.missingModels.includes(modelRid)) return modelNotFound(modelRid);
  const found = deployments
    .ofModel(modelRid, branch)
    .filter((deployment) => !options.listHidesDisabled || !isDisabled(deployment, world.now(), options));
  return Response.json({ data: found.map((deployment) => liveDeploymentOut(deployment, world.now(), options)) });
}

/** The answer that refuses, or undefined when it was done. */
function replace(
  world: World<FoundryOptions>,
  deployments: Deployments,
  deployment: Deployment,
  exchange: Exchange,
): Response | undefined {
  const options = world.options();
  const body = readBody(exchange, replaceBody);
  if (body instanceof Response) return body;
  const refusal = refuseConfiguration(body.runtimeConfiguration, options);
  if (refusal !== undefined) return refusal;
  if (changesSources(deployment, body.runtimeConfiguration.sources, options)) {
    if (!isDisabled(deployment, world.now(), options)) {
      const name = "LiveDeploymentSourcesCannotBeUpdatedWhileRunning";
      return foundryError("CONFLICT", name, { liveDeploymentRid: deployment.rid });
    }
  }
  deployments.replace(deployment, body.runtimeConfiguration);
  return undefined;
}

function changesSources({ configuration }: Deployment, given: string[] | undefined, options: FoundryOptions): boolean {
  if (given === undefined && options.omittedFields === "kept") return false;
  const sorted = (sources: string[] | undefined) => [...(sources ?? [])].sort().join("\n");
  return sorted(given) !== sorted(configuration.sources);
}
