/** What the platform answers: jobs under its several names, and errors. */
import type { Job, Models } from "./models";
import type { KoreOptions } from "./options";

/** The answer to a deploy or an undeploy. A deploy has only begun, unless jobs are over at once by choice. */
export function jobAccepted(models: Models, job: Job, options: KoreOptions) {
  const begun = job.action === "DEPLOY" && !job.immediate;
  return {
    [options.jobIdKey]: job.id,
    modelId: job.model.id,
    jobType: "MODELS",
    action: actionOf(job, options),
    status: spell(begun ? "IN_PROGRESS" : models.status(job), options),
  };
}

/** The dock status of a job. */
export function dockStatus(models: Models, job: Job, options: KoreOptions) {
  const status = models.status(job);
  const failed = status === "FAILED";
  return {
    [options.dockIdKey]: job.id,
    [options.ownerKey]: job.model.id,
    jobType: "MODELS",
    action: actionOf(job, options),
    status: spell(status, options),
    ...(failed && options.reasonField !== "" ? { [options.reasonField]: models.reason(job) } : {}),
  };
}

/** An error; no document shows the body of one. */
export function errorAnswer(status: number, message: string, options: KoreOptions): Response {
  if (options.errorShape === "text")
    return new Response(message, { status, headers: { "content-type": "text/plain" } });
  return Response.json(errorBody(status, message, options.errorShape), { status });
}

export function errorBody(status: number, message: string, shape: KoreOptions["errorShape"]): unknown {
  if (shape === "errors") return { errors: [{ msg: message, code: status }] };
  return { [shape]: shape === "error" ? { message } : message };
}

function actionOf(job: Job, { wrongAction }: KoreOptions): string {
  if (!wrongAction) return job.action;
  return job.action === "DEPLOY" ? "EXPORT" : "DEPLOY";
}

function spell(status: string, { statusCase }: KoreOptions): string {
  return statusCase === "lower" ? status.toLowerCase() : status;
}
