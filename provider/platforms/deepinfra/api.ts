/** DeepInfra's endpoints for private deployments, and its errors, as documented. */
import type { PlatformErrorText } from "../../errors";
import type { HttpClient } from "../../http/request";
import { firstText, jsonOf, memberOf, shorten } from "../../http/error-text";
import { path } from "../../http/path";
import { mask } from "../../redaction";
import type { DeepInfraInputs } from "./inputs";
import { scaleSettings } from "./rules";
import { created, deployment, deployments, gpuLimits, prices } from "./schema";
import type { Deployment, Price } from "./schema";

const createPath = "/deploy/llm";

/**
 * Contains rows that are failed or deleted, and `legacy` rows, which rent no GPU (measured).
 *
 * @param status the words to list, separated by commas; all without it.
 */
export function listDeployments(http: HttpClient, signal: AbortSignal, status?: string): Promise<Deployment[]> {
  const read = (json: unknown): Deployment[] => deployments.parse(json);
  return http.request({ method: "GET", path: "/deploy/list", query: { status }, read, signal });
}

/** What GPUs cost now; the GPUs that it calls available may not be (measured). */
export function listPrices(http: HttpClient, signal: AbortSignal): Promise<Price[]> {
  return http.request({
    method: "GET",
    path: "/deploy/llm/gpu_availability",
    read: (json) => prices.parse(json).gpus,
    signal,
  });
}

/** GPUs of each kind that the account may have. Older than its documents, an API does not have it. */
export function getGpuLimits(http: HttpClient, signal: AbortSignal): Promise<Record<string, number>> {
  return http.request({
    method: "GET",
    path: "/v1/me/gpu_limit",
    read: (json) => gpuLimits.parse(json).limits,
    signal,
  });
}

/** Answers at once; the model is loaded afterwards. */
export async function createLlm(http: HttpClient, inputs: DeepInfraInputs, signal: AbortSignal): Promise<string> {
  const body = {
    model_name: inputs.modelName,
    gpu: inputs.gpu,
    num_gpus: inputs.numGpus,
    max_batch_size: inputs.maxBatchSize,
    hf: inputs.hf && { repo: inputs.hf.repo, revision: inputs.hf.revision, token: inputs.hf.token },
    base_model: inputs.baseModel,
    settings: scaleBody(inputs),
    extra_args: inputs.extraArgs,
  };
  const answer = await http.request({
    method: "POST",
    path: createPath,
    body,
    read: (json) => created.parse(json),
    outlivesCancel: true,
    signal,
  });
  return answer.deploy_id;
}

export function getDeployment(http: HttpClient, deploymentId: string, signal: AbortSignal): Promise<Deployment> {
  const read = (json: unknown): Deployment => deployment.parse(json);
  return http.request({ method: "GET", path: path`/deploy/${deploymentId}`, read, signal });
}

/** Both bounds are sent: one that is left out would fall back to 1 (inferred from the schema's defaults). */
export function scaleDeployment(
  http: HttpClient,
  deploymentId: string,
  inputs: DeepInfraInputs,
  signal: AbortSignal,
): Promise<void> {
  const body = { settings: scaleBody(inputs) };
  return http.request({ method: "PUT", path: path`/deploy/${deploymentId}`, body, read: ignore, signal });
}

/** Asks for a state and not for an act, so that it may be sent again. */
export function startDeployment(http: HttpClient, deploymentId: string, signal: AbortSignal): Promise<void> {
  const request = { method: "POST", path: path`/deploy/${deploymentId}/start`, repeatable: true } as const;
  return http.request({ ...request, read: ignore, signal });
}

/** Succeeds on deployments that are failed or deleted, too (measured). */
export function deleteDeployment(http: HttpClient, deploymentId: string, signal: AbortSignal): Promise<void> {
  return http.request({ method: "DELETE", path: path`/deploy/${deploymentId}`, read: ignore, signal });
}

function scaleBody(inputs: DeepInfraInputs): { min_instances: number; max_instances: number } {
  const { minInstances, maxInstances } = scaleSettings(inputs);
  return { min_instances: minInstances, max_instances: maxInstances };
}

/** These answers hold the id alone. */
function ignore(): void {}

/** The shapes that are documented, and those that were seen, from the most to the least telling. */
export function describeError(status: number, body: string, method: string, requestPath: string): PlatformErrorText {
  const text = shorten(textOf(body)).replace(/\bhf_[A-Za-z0-9]{8,}/g, mask);
  const creates = method === "POST" && requestPath === createPath;
  // Lately 409 says that a deployment is busy with a change; on a create it is a refusal.
  if (status === 409 && !creates) return { text, kind: "transient" };
  if (status === 404 && isNotOfTheApi(body)) return { text, kind: "refused", advice: "check deepinfraUrl" };
  const advice = creates ? adviceOnCreate(status, text) : undefined;
  return advice === undefined ? { text } : { text, advice };
}

/**
 * A deployment that does not exist is told as `{"error": …}` (documented). A page of a proxy, or the
 * framework's word for a route that it does not have, says nothing of any deployment.
 */
function isNotOfTheApi(body: string): boolean {
  const json = jsonOf(body);
  return json === undefined || memberOf(json, "detail") === "Not Found";
}

function textOf(body: string): string {
  const json = jsonOf(body);
  const error = memberOf(json, "error");
  const detail = memberOf(json, "detail");
  return (
    firstText(error, memberOf(error, "message"), memberOf(detail, "error"), detail, textOfValidation(detail)) ?? body
  );
}

/** FastAPI's list of `{loc, msg}`. Its `input`, which repeats what was sent, is left out. */
function textOfValidation(detail: unknown): string | undefined {
  if (!Array.isArray(detail)) return undefined;
  return detail
    .map((item: unknown) => {
      const [location, message] = [memberOf(item, "loc"), memberOf(item, "msg")];
      return [Array.isArray(location) ? location.join(".") : "", typeof message === "string" ? message : ""]
        .filter(Boolean)
        .join(": ");
    })
    .filter(Boolean)
    .join("; ");
}

function adviceOnCreate(status: number, text: string): string | undefined {
  if (status === 402)
    return "check the balance, the payment method and the spending limit at deepinfra.com/dash/billing";
  if (/missing display name/i.test(text)) return "give the account a display name in DeepInfra's dashboard first";
  if (/must match/i.test(text) && /display name/i.test(text)) {
    return "leave the part before the slash out of modelName, or make it the account's display name";
  }
  if (status === 409)
    return "if the name is taken, choose another modelName, or adopt or remove the deployment that has it";
  if (status === 404) return "check baseModel";
  return undefined;
}
