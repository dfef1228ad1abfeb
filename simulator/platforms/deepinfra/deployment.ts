/** One deployment, and where it stands at a moment. */
import type { Behaviour } from "../../platform";
import { stateAt } from "../../timeline";
import type { DeepinfraOptions } from "./options";

export interface Deployment {
  id: string;
  /** With the account's prefix. */
  modelName: string;
  config: { gpu: string; numGpus: number; maxBatchSize: number; weights?: Weights };
  settings: ScaleSettings;
  createdAtMs: number;
  updatedAtMs: number;
  /** The last start: the creation, or a start after a stop. */
  startedAtMs: number;
  starts: number;
  behaviour: Behaviour;
  /** The count that autoscaling has reached; the minimum when it has not acted. */
  runningInstances?: number;
  stopped: boolean;
  updatingUntilMs: number;
  updateError?: string;
  deletedAtMs?: number;
  /** Set from outside, whatever the time says. */
  forced?: { status: string; reason: string };
}

export interface Weights {
  repo: string;
  revision?: string;
  token?: string;
}

export interface ScaleSettings {
  min: number;
  max: number;
}

export interface Standing {
  status: string;
  failReason: string;
  running: number;
  pending: number;
  /** It answers inference requests. */
  serves: boolean;
  /** It holds its name. */
  live: boolean;
}

/** Where a deployment stands now. */
export function standingOf(deployment: Deployment, now: number, options: DeepinfraOptions): Standing {
  const { status, failReason, serves } = statusOf(deployment, now, options);
  const halted = ["failed", "stopped", "deleted"].includes(status);
  const { min, max } = deployment.settings;
  const running = Math.min(max, deployment.runningInstances ?? Math.max(0, min - options.missingInstances));
  return {
    status,
    failReason,
    serves,
    running: serves ? running : 0,
    pending: halted ? 0 : Math.max(0, min - (serves ? running : 0)),
    live: !["failed", "deleted"].includes(status),
  };
}

/** Whether a deleted deployment can no longer be read. */
export function isForgotten({ deletedAtMs, behaviour }: Deployment, now: number, options: DeepinfraOptions): boolean {
  const { forgetDeletedAfterMs } = options;
  return (
    deletedAtMs !== undefined &&
    forgetDeletedAfterMs !== null &&
    now >= deletedAtMs + behaviour.removedAfterMs + forgetDeletedAfterMs
  );
}

type Status = Pick<Standing, "status" | "failReason" | "serves">;

function statusOf(deployment: Deployment, now: number, options: DeepinfraOptions): Status {
  const { behaviour, deletedAtMs, forced, startedAtMs, stopped, updatingUntilMs } = deployment;
  const is = (status: string, failReason = ""): Status => ({
    status,
    failReason,
    serves: status === options.readyStatus,
  });
  if (deletedAtMs !== undefined && now >= deletedAtMs + behaviour.removedAfterMs) return is("deleted");
  if (forced !== undefined) return is(forced.status, forced.reason);
  if (stopped) return is("stopped");

  const [first = "initializing", ...rest] = options.startingStatuses;
  const last = behaviour.outcome === "ready" ? options.readyStatus : "failed";
  const status = stateAt([first, ...rest, last], now - startedAtMs, behaviour.readyAfterMs);
  if (status === "failed") return is(status, failReasonOf(behaviour));
  const updating = status === options.readyStatus && now < updatingUntilMs;
  return updating ? { status: "updating", failReason: "", serves: true } : is(status);
}

/** `no-gpu-available` was seen on the platform, minutes after a create that answered 200. */
function failReasonOf(behaviour: Behaviour): string {
  return behaviour.outcome === "no-capacity" ? "no-gpu-available" : behaviour.failureReason;
}
