/** The checks that operations share, before the body is looked at. */
import type { Context } from "hono";
import type { Exchange, World } from "../../platform";
import type { Deployment } from "./deployment";
import type { Deployments } from "./deployments";
import { bare, deploymentNotFound, foundryError } from "./errors";
import type { FoundryOptions, GuardedOperation } from "./options";
import type { Tokens } from "./tokens";

export type RouteContext = Context<{ Bindings: Exchange }>;
type Handler = (context: RouteContext) => Response;

export const scopes = { read: "api:models-read", write: "api:models-write", execute: "api:models-execute" };

export interface Guards {
  /** Needs the API, a token with the scope, `preview=true`, and JSON. */
  operation(scope: string, query: readonly string[], handle: Handler): Handler;
  /** Needs a deployment, and the permission for it. */
  forOne(operation: GuardedOperation | "get", handle: (one: Deployment, context: RouteContext) => Response): Handler;
}

export function createGuards(world: World<FoundryOptions>, deployments: Deployments, tokens: Tokens): Guards {
  return {
    operation: (scope, query, handle) => (context) => {
      if (world.options().api === "none") return bare(404);
      return refuseCall(tokens, context, scope, query) ?? handle(context);
    },
    forOne: (operation, handle) => (context) => {
      const rid = context.req.param("rid") ?? "";
      const deployment = deployments.find(rid);
      if (deployment === undefined) return deploymentNotFound(rid);
      return refuseOne(world.options(), operation, rid) ?? handle(deployment, context);
    },
  };
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
