/** The endpoints of live deployments, one function each. All are a public beta: each call needs `preview=true`. */
import type { HttpClient } from "../../http/request";
import { path } from "../../http/path";
import type { FoundryInputs, FoundryRuntimeConfiguration } from "./inputs";
import { created, liveDeployment, liveDeployments, token } from "./schema";
import type { LiveDeployment, Token } from "./schema";

const preview = { preview: "true" };

/** The direct deployments of a model, or of one of its branches, which has at most one (documented). */
export function listDeployments(
  http: HttpClient,
  { modelRid, branch }: { modelRid: string; branch?: string },
  signal: AbortSignal,
): Promise<LiveDeployment[]> {
  return http.request({
    method: "GET",
    path: path`/api/v2/models/liveDeployments`,
    query: { modelRid, branch, ...preview },
    read: (json) => liveDeployments.parse(json).data,
    signal,
  });
}

/** @returns the RID. There is no idempotency key: sent once. */
export function createDeployment(http: HttpClient, inputs: FoundryInputs, signal: AbortSignal): Promise<string> {
  const { modelRid, branch, runtimeConfiguration } = inputs;
  return http.request({
    method: "POST",
    path: path`/api/v2/models/liveDeployments`,
    query: preview,
    body: {
      deploymentType: { type: "direct", modelRid, branch },
      runtimeConfiguration: wholeConfiguration(runtimeConfiguration),
    },
    read: (json) => created.parse(json).rid,
    outlivesCancel: true,
    signal,
  });
}

export function getDeployment(http: HttpClient, rid: string, signal: AbortSignal): Promise<LiveDeployment> {
  return http.request({
    method: "GET",
    path: path`/api/v2/models/liveDeployments/${rid}`,
    query: preview,
    read: (json) => liveDeployment.parse(json),
    signal,
  });
}

/** Tells that the model is there, and nothing of it but its RID (documented). */
export function getModel(http: HttpClient, modelRid: string, signal: AbortSignal): Promise<string> {
  return http.request({
    method: "GET",
    path: path`/api/v2/models/${modelRid}`,
    query: preview,
    read: (json) => created.parse(json).rid,
    signal,
  });
}

/** Replaces the whole runtime configuration. What becomes of a field that is left out is not documented. */
export function replaceDeployment(
  http: HttpClient,
  rid: string,
  { runtimeConfiguration }: FoundryInputs,
  signal: AbortSignal,
): Promise<LiveDeployment> {
  return http.request({
    method: "PUT",
    path: path`/api/v2/models/liveDeployments/${rid}`,
    query: preview,
    body: { runtimeConfiguration: wholeConfiguration(runtimeConfiguration) },
    read: (json) => liveDeployment.parse(json),
    signal,
  });
}

/** Removes the replicas and keeps the configuration. No error is declared for a disabled deployment. */
export function disableDeployment(http: HttpClient, rid: string, signal: AbortSignal): Promise<void> {
  return http.request({
    method: "POST",
    path: path`/api/v2/models/liveDeployments/${rid}/disable`,
    query: preview,
    read: () => undefined,
    repeatable: true,
    signal,
  });
}

/** Without effect on a deployment that starts or runs (documented). */
export function startDeployment(http: HttpClient, rid: string, signal: AbortSignal): Promise<void> {
  return http.request({
    method: "POST",
    path: path`/api/v2/models/liveDeployments/${rid}/start`,
    query: preview,
    read: () => undefined,
    repeatable: true,
    signal,
  });
}

export const tokenPath = "/multipass/api/oauth2/token";

/** @param basic id and secret of the OAuth client, in Base64. */
export function fetchToken(http: HttpClient, basic: string, signal: AbortSignal): Promise<Token> {
  return http.request({
    method: "POST",
    path: tokenPath,
    headers: { authorization: `Basic ${basic}` },
    form: { grant_type: "client_credentials", scope: "api:models-read api:models-write" },
    read: (json) => token.parse(json),
    authenticate: false,
    signal,
  });
}

/** Where models answer. The API returns no address, and the RID is all that it is made of. */
export function inferenceUrl(baseUrl: string, rid: string): string {
  return `${baseUrl}${path`/api/v2/models/liveDeployments/${rid}/transformJson`}?preview=true`;
}

/** The documents call these two optional, and the vendor's client requires them: always sent. */
function wholeConfiguration(configuration: FoundryRuntimeConfiguration): FoundryRuntimeConfiguration {
  const { sources = [], environmentVariables = {} } = configuration;
  return { ...configuration, sources, environmentVariables };
}
