/** Kore's endpoints for models, and its errors. The errors' shape is documented nowhere. */
import type { PlatformErrorText } from "../../errors";
import type { HttpClient } from "../../http/request";
import { firstText, jsonOf, memberOf, shorten } from "../../http/error-text";
import { path } from "../../http/path";
import type { KoreInputs } from "./inputs";
import { job } from "./schema";
import type { Job } from "./schema";

/** The generation of the platform, which decides how one flag is spelt. */
export type Dialect = "ai-for-process" | "gale";

export function isDialect(word: string): word is Dialect {
  return word === "ai-for-process" || word === "gale";
}

/** Starts a job. Each deploy costs credits, and nothing makes a repetition safe: it is sent once. */
export function deployModel(
  http: HttpClient,
  inputs: KoreInputs,
  isDeployedPreviously: boolean,
  dialect: Dialect,
  signal: AbortSignal,
): Promise<Job> {
  // The samples of GALE's page misspell the flag, its table does not.
  const flag = dialect === "gale" ? "isDeployedPreviouly" : "isDeployedPreviously";
  return http.request({
    method: "POST",
    path: path`/api/public/models/${inputs.modelId}/deploy`,
    query: { modelType: inputs.modelType },
    body: { ...deployBody(inputs), [flag]: isDeployedPreviously },
    read: (json) => job.parse(json),
    outlivesCancel: true,
    signal,
  });
}

/** What is told of the deployment itself. The delays go as they are: their unit is in doubt. */
export function deployBody(inputs: KoreInputs): Record<string, unknown> {
  const { name, hyperParameters, scalingParameters, deviceType, optimizationInfo } = inputs;
  return { name, hyperParameters, scalingParameters, deviceType, optimizationInfo };
}

/** Starts a job. It asks for a state and not for an act, so that it may be sent again. */
export function undeployModel(http: HttpClient, modelId: string, signal: AbortSignal): Promise<Job> {
  const request = { method: "POST", path: path`/api/public/models/${modelId}/undeploy`, repeatable: true } as const;
  return http.request({ ...request, read: (json) => job.parse(json), signal });
}

export function getDockStatus(http: HttpClient, dockStatusId: string, signal: AbortSignal): Promise<Job> {
  const read = (json: unknown): Job => job.parse(json);
  return http.request({ method: "GET", path: path`/api/public/dock-status/${dockStatusId}`, read, signal });
}

export function describeError(status: number, body: string, method: string, requestPath: string): PlatformErrorText {
  const json = jsonOf(body);
  const text = shorten(textOf(json) ?? body);
  const code = codeOf(json);
  const advice = adviceOn(status, method, requestPath);
  // The page of a proxy, or of a host that is not Kore's, does not say that the model is gone.
  const strange = status === 404 && requestPath.endsWith("/undeploy") && json === undefined;
  return {
    text,
    ...(code === undefined ? {} : { code }),
    ...(strange ? { kind: "refused", advice: "check koreHost" } : advice === undefined ? {} : { advice }),
  };
}

/** The shapes of Kore's other products, tolerantly; undefined when none fits. */
function textOf(json: unknown): string | undefined {
  const errors = memberOf(json, "errors");
  const listed = Array.isArray(errors) ? errors.map((item: unknown) => messageIn(item) ?? "").filter(Boolean) : [];
  const error = memberOf(json, "error");
  return firstText(listed.join("; "), error, messageIn(error), messageIn(json));
}

function messageIn(value: unknown): string | undefined {
  return firstText(value, memberOf(value, "msg"), memberOf(value, "message"));
}

function codeOf(json: unknown): string | undefined {
  const errors = memberOf(json, "errors");
  const holders = [Array.isArray(errors) ? (errors[0] as unknown) : undefined, memberOf(json, "error"), json];
  const code = holders.map((holder) => memberOf(holder, "code")).find((candidate) => candidate !== undefined);
  return typeof code === "string" || typeof code === "number" ? String(code) : undefined;
}

function adviceOn(status: number, method: string, requestPath: string): string | undefined {
  if (status === 403) return "the API key's app needs the scopes Deploy Model and Undeploy Model";
  const refusesDeploy = method === "POST" && requestPath.endsWith("/deploy") && status >= 400 && status < 500;
  if (!refusesDeploy || status === 401 || status === 429) return undefined;
  return "check modelId; a model that was never deployed has to be deployed once in Kore's console before the API can do it";
}
