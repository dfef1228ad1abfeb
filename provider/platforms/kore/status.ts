/**
 * What Kore says of a job, in our terms. Pure. No endpoint tells what a model does now: the newest
 * job that was started here is all there is to know.
 */
import { firstText, memberOf, shorten } from "../../http/error-text";
import type { Phase, Snapshot } from "../../platform";
import type { KoreInputs } from "./inputs";
import type { Job } from "./schema";

/** What we asked for, which is not what the answers echo. */
export type Action = "DEPLOY" | "UNDEPLOY";

/** The newest request to the model, as kept in the deployment's details. */
export interface LastJob {
  action: Action;
  /** Absent when the answer was lost, or held no id. */
  dockStatusId?: string;
  /** The newest status word. */
  status?: string;
  /** The words of a failure that was told at once, without a job to ask for. */
  reason?: string;
  /** The answer to a deploy was lost: it may have been taken. */
  deployAnswerLost?: true;
  /** An undeploy found no such model, or one that is not deployed. */
  found?: "no model" | "no deployment";
}

/** Reads what an earlier call kept. */
export function lastJobOf(details: Record<string, unknown>): LastJob {
  const { action, dockStatusId, status, reason, deployAnswerLost, found } = details;
  return {
    action: action === "UNDEPLOY" ? "UNDEPLOY" : "DEPLOY",
    ...(typeof dockStatusId === "string" && dockStatusId !== "" ? { dockStatusId } : {}),
    ...(typeof status === "string" ? { status } : {}),
    ...(typeof reason === "string" ? { reason } : {}),
    ...(deployAnswerLost === true ? { deployAnswerLost } : {}),
    ...(found === "no model" || found === "no deployment" ? { found } : {}),
  };
}

/** Documented: IN_PROGRESS, SUCCESS, FAILED; a sister product writes them small. Anything else goes on. */
export function phaseOf(action: Action, status: string): Phase {
  switch (status.trim().toLowerCase()) {
    case "success":
      return action === "DEPLOY" ? "ready" : "stopped";
    case "failed":
      return "failed";
    default:
      return "pending";
  }
}

export function isFinal(status: string): boolean {
  return phaseOf("DEPLOY", status) !== "pending";
}

/** A job that was just read. */
export function snapshotOfJob(
  modelId: string,
  last: LastJob,
  answer: Job,
  inputs: KoreInputs | undefined,
): Snapshot<KoreInputs> {
  const phase = phaseOf(last.action, answer.status);
  return {
    ...common(modelId, inputs),
    phase,
    platformStatus: answer.status,
    ...(phase === "failed" ? { reason: reasonIn(answer) } : {}),
    details: { action: last.action, dockStatusId: last.dockStatusId, status: answer.status },
  };
}

/**
 * There is no job to read: none was ever told, or Kore no longer has it. How long it keeps one is
 * not documented, so that the loss of a job that had ended changes nothing.
 */
export function snapshotWithoutJob(
  modelId: string,
  last: LastJob,
  inputs: KoreInputs | undefined,
): Snapshot<KoreInputs> {
  const { action, status = "" } = last;
  const phase =
    last.found === "no model" ? "gone" : last.found ? "stopped" : isFinal(status) ? phaseOf(action, status) : "unknown";
  const reason = phase === "unknown" ? unknownReason(last) : last.reason;
  return {
    ...common(modelId, inputs),
    phase,
    platformStatus: status,
    ...(reason === undefined ? {} : { reason }),
    details: { action },
  };
}

/** The words of a failed job. No field for them is documented: the usual ones, else the whole answer. */
export function reasonIn({ body }: Job): string {
  const [response, error, logs] = [body["response"], body["error"], body["statusLogs"]];
  const told = firstText(
    body["reason"],
    body["message"],
    body["msg"],
    error,
    memberOf(error, "message"),
    memberOf(error, "msg"),
    response,
    memberOf(response, "message"),
    memberOf(response, "error"),
    lastLog(logs),
  );
  if (told !== undefined) return shorten(told);
  return `Kore gave no reason, its console may show one on the failed status; the answer was ${shorten(JSON.stringify(body))}`;
}

function lastLog(logs: unknown): string | undefined {
  const newest: unknown = Array.isArray(logs) ? logs[logs.length - 1] : logs;
  if (typeof newest !== "object" || newest === null) return firstText(newest);
  return firstText(memberOf(newest, "message"), memberOf(newest, "msg")) ?? JSON.stringify(newest);
}

function unknownReason({ action, dockStatusId, deployAnswerLost }: LastJob): string {
  const why =
    dockStatusId !== undefined
      ? `Kore no longer knows the job ${dockStatusId}`
      : deployAnswerLost
        ? "the answer to the deployment was lost, and it may have been taken"
        : `no job of a${action === "DEPLOY" ? " deployment" : "n undeployment"} is known`;
  // Of a deployment that was made elsewhere no job was ever known, and nothing has to be sent again.
  const wasSent = dockStatusId !== undefined || deployAnswerLost === true;
  const again = wasSent ? "; the next `pulumi up` sends the deployment again" : "";
  const next = action === "DEPLOY" ? again : "; run `pulumi destroy` again";
  return `${why}; Kore's API cannot be asked what a model does, its console can${next}`;
}

function common(modelId: string, inputs: KoreInputs | undefined): Pick<Snapshot<KoreInputs>, "endpoint" | "immutable"> {
  return { ...(inputs?.endpoint === undefined ? {} : { endpoint: inputs.endpoint }), immutable: { modelId } };
}
