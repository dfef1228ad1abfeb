/** Tokens: the user's, and those that an OAuth client fetches. */
import { randomUUID } from "node:crypto";
import type { Exchange, World } from "../../platform";
import { foundryError } from "./errors";
import type { FoundryOptions } from "./options";

export interface Tokens {
  /** `POST /multipass/api/oauth2/token`. */
  issue(exchange: Exchange, authorization: string | undefined): Response;
  /** The answer to a request whose token does not do. */
  refuse(authorization: string | undefined, scope: string): Response | undefined;
  /** Fetched tokens are not accepted any more. */
  revoke(): void;
}

interface IssuedToken {
  scopes: string[];
  expiresAtMs: number;
}

export function createTokens(world: World<FoundryOptions>): Tokens {
  const issued = new Map<string, IssuedToken>();

  return {
    issue(exchange, authorization) {
      const form = exchange.body as Record<string, unknown> | undefined;
      if (typeof form !== "object") return oauthError(400, "invalid_request");
      if (!isClient(world, form, authorization)) return oauthError(401, "invalid_client");
      if (form.grant_type !== "client_credentials") return oauthError(400, "unsupported_grant_type");
      const { applicationScopes, tokenLifetimeSeconds } = world.options();
      // Left out, all scopes of the application are meant.
      const scopes = typeof form.scope === "string" ? form.scope.split(" ").filter(Boolean) : applicationScopes;
      if (scopes.some((scope) => !applicationScopes.includes(scope))) return oauthError(400, "invalid_scope");
      const token = randomUUID();
      issued.set(token, { scopes, expiresAtMs: world.now() + tokenLifetimeSeconds * 1000 });
      return Response.json({ access_token: token, token_type: "Bearer", expires_in: tokenLifetimeSeconds });
    },
    refuse(authorization, scope) {
      const [scheme = "", token = ""] = (authorization ?? "").split(" ");
      if (authorization === undefined) return foundryError("UNAUTHORIZED", "MissingCredentials");
      const unauthorized = () => foundryError("UNAUTHORIZED", "Default:Unauthorized");
      if (scheme.toLowerCase() !== "bearer") return unauthorized();
      if (token === world.credentials.foundryToken) return world.options().tokenRevoked ? unauthorized() : undefined;
      const known = issued.get(token);
      if (known === undefined || known.expiresAtMs <= world.now()) return unauthorized();
      return known.scopes.includes(scope) ? undefined : foundryError("PERMISSION_DENIED", "ApiUsageDenied", {});
    },
    revoke: () => issued.clear(),
  };
}

/** The vendor's clients send id and secret as Basic, or in the form. */
function isClient(world: World<FoundryOptions>, form: Record<string, unknown>, authorization: string | undefined) {
  const { clientAuthentication } = world.options();
  const { foundryClientId, foundryClientSecret } = world.credentials;
  const basic = Buffer.from(`${foundryClientId}:${foundryClientSecret}`).toString("base64");
  if (authorization !== undefined) return clientAuthentication !== "form" && authorization === `Basic ${basic}`;
  const fits = form.client_id === foundryClientId && form.client_secret === foundryClientSecret;
  return clientAuthentication !== "basic" && fits;
}

/** As OAuth 2 has it; Foundry's own text was not found. */
function oauthError(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
