/** The routes of live deployments, of tokens, and of the older way to inference. */
import { type Context, Hono } from "hono";
import type { Exchange, PlatformApp, World } from "../../platform";
import { liveDeploymentOut } from "./answers";
import { createBody, readBody, refuseConfiguration, replaceBody, transformBody } from "./bodies";
import { type Deployment, isDisabled } from "./deployment";
import type { Deployments } from "./deployments";
import { bare, deploymentNotFound, foundryError, invalidArgument, modelNotFound } from "./errors";
import { infer } from "./inference";
import type { FoundryOptions, GuardedOperation } from "./options";
import type { Tokens } from "./tokens";

type RouteContext = Context<{ Bindings: Exchange }>;

const collection = "/api/v2/models/liveDeployments";
const one = `${collection}/:rid`;

const read = "api:models-read";
const write = "api:models-write";
const execute = "api:models-execute";

export function foundryRoutes(world: World<FoundryOptions>, deployments: Deployments, tokens: Tokens): PlatformApp {
  const app: PlatformApp = new Hono();
  const out = (deployment: Deployment): Response =>
    Response.json(liveDeploymentOut(deployment, world.now(), world.options()));

  /** The checks that all operations share, before the body is looked at. */
  function guarded(scope: string, query: readonly string[], handle: (context: RouteContext) => Response) {
    return (context: RouteContext): Response => {
      if (world.options().api === "none") return bare(404);
      return refuseCall(tokens, context, scope, query) ?? handle(context);
    };
  }

  function forOne(operation: GuardedOperation | "get", handle: (one: Deployment, context: RouteContext) => Response) {
    return (context: RouteContext): Response => {
      const rid = context.req.param("rid") ?? "";
      const deployment = deployments.find(rid);
      if (deployment === undefined) return deploymentNotFound(rid);
      return refuseOne(world.options(), operation, rid) ?? handle(deployment, context);
    };
  }

  /** Operations without a body; `disable` and `start` came later than the others. */
  function change(operation: "disable" | "start") {
    const handle = forOne(operation, (deployment, { env }) => {
      if (env.rawBody !== "") {
        env.violation("it takes no body");
        return invalidArgument("this operation takes no body", "Conjure");
      }
      deployments[operation](deployment);
      return new Response(null, { status: 204 });
    });
    return guarded(write, [], (context) =>
      world.options().api === "without-disable-and-start" ? bare(404) : handle(context),
    );
  }

  app.post("/multipass/api/oauth2/token", ({ env, req }) => tokens.issue(env, req.header("authorization")));
  app.post(
    collection,
    guarded(write, [], ({ env }) => create(world, deployments, env, out)),
  );
  app.get(
    collection,
    guarded(read, ["modelRid", "branch"], ({ req }) => list(world, deployments, req.query())),
  );
  app.get(one, guarded(read, [], forOne("get", out)));
  app.put(
    one,
    guarded(
      write,
      [],
      forOne("replace", (deployment, { env }) => replace(world, deployments, deployment, env) ?? out(deployment)),
    ),
  );
  app.post(`${one}/disable`, change("disable"));
  app.post(`${one}/start`, change("start"));
  app.post(
    `${one}/transformJson`,
    guarded(
      execute,
      [],
      forOne("transformJson", (deployment, { env }) => {
        const body = readBody(env, transformBody);
        if (body instanceof Response) return body;
        const output = infer(world, deployment, body.input);
        return output instanceof Response ? output : Response.json({ output });
      }),
    ),
  );
  app.post("/foundry-ml-live/api/inference/transform/:rid/v2", (context) => {
    const refusal = tokens.refuse(context.req.header("authorization"), execute);
    const handle = forOne("transformJson", (deployment) => {
      const output = infer(world, deployment, (context.env.body ?? {}) as Record<string, unknown>);
      return output instanceof Response ? output : Response.json(output);
    });
    return refusal ?? handle(context);
  });
  // There is no delete and no patch; that they answer 405 is inferred, that errors of routes have no body is documented.
  for (const path of [collection, one, `${one}/disable`, `${one}/start`, `${one}/transformJson`]) {
    app.all(path, () => bare(world.options().api === "none" ? 404 : 405));
  }
  app.all("*", () => bare(404));
  return app;
}

function refuseCall(tokens: Tokens, context: RouteContext, scope: string, known: readonly string[]) {
  const { env, req } = context;
  const { preview, ...query } = req.query();
  for (const name of Object.keys(query)) {
    if (!known.includes(name)) env.violation(`query parameter ${name}: not documented`);
  }
  const refusal = tokens.refuse(req.header("authorization"), scope);
  if (refusal !== undefined) return refusal;
  if (preview !== "true") {
    env.violation("preview=true is missing");
    return foundryError("INVALID_ARGUMENT", "ApiFeaturePreviewUsageOnly");
  }
  const isJson = (req.header("content-type") ?? "").startsWith("application/json");
  if (env.rawBody === "" || isJson) return undefined;
  return foundryError("UNSUPPORTED_MEDIA_TYPE", "Conjure:UnsupportedMediaType");
}

function refuseOne(options: FoundryOptions, operation: GuardedOperation | "get", rid: string): Response | undefined {
  if (operation !== "get" && options.deniedOperations.includes(operation)) {
    const name = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}LiveDeploymentPermissionDenied`;
    return foundryError("PERMISSION_DENIED", name, { liveDeploymentRid: rid });
  }
  const isDeclared = operation === "get" || operation === "replace";
  return isDeclared && options.unsupportedDeployments.includes(rid)
    ? foundryError("INVALID_ARGUMENT", "UnsupportedLiveDeployment")
    : undefined;
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
