/** What the state of a live deployment means. Pure. */
import type { Listing, Phase, Snapshot } from "../../platform";
import type { FoundryInputs } from "./inputs";
import { inferenceUrl } from "./api";
import type { LiveDeployment } from "./schema";

interface Verdict {
  phase: Phase;
  reason?: string;
  confirmSeconds?: number;
}

/**
 * With no replica at all it serves, as the first request starts one; but a first replica is also
 * expected after each start (documented for compute modules), which this leaves time to show.
 */
const scaledToZeroSeconds = 30;
/** Replicas are restarted by the platform, so that a failure may pass (inferred). */
const failedSeconds = 60;

export function toSnapshot(deployment: LiveDeployment, baseUrl: string): Snapshot<FoundryInputs> {
  const { rid, modelVersion, branch, status } = deployment;
  const state = status?.state ?? "";
  return {
    ...judge(deployment),
    platformStatus: state,
    endpoint: inferenceUrl(baseUrl, rid),
    // Moves by itself when a version is published to the branch: a fact, and no drift.
    details: withoutAbsent({ modelVersionRid: modelVersion?.modelVersionRid }),
    configuration: { runtimeConfiguration: configurationOf(deployment), ...enabledOf(state) },
    immutable: withoutAbsent({ modelRid: modelVersion?.modelRid, branch }),
  };
}

/** The API tells neither a time nor how many replicas run. */
export function toListing(deployment: LiveDeployment): Listing {
  const { rid, modelVersion, branch, status } = deployment;
  return {
    reference: { deploymentId: rid, details: {} },
    name: [modelVersion?.modelRid, branch].filter(Boolean).join(" "),
    phase: judge(deployment).phase,
    platformStatus: status?.state ?? "",
  };
}

export function isDisabled({ status }: LiveDeployment): boolean {
  return status?.state === "DISABLED";
}

function judge(deployment: LiveDeployment): Verdict {
  const isReady = deployment.status?.isReady === true;
  switch (deployment.status?.state ?? "") {
    case "ACTIVE":
      return isReady ? { phase: "ready" } : withoutReplicas(deployment);
    case "STARTING":
      return { phase: "pending" };
    case "DEGRADED":
      return { phase: "degraded", reason: "it serves, and some of its replicas are not healthy" };
    case "DISABLED":
      return { phase: "stopped" };
    case "FAILED":
      return {
        phase: "failed",
        reason: "no replica is healthy; Foundry's API gives no reason, see the deployment's logs in Foundry",
        confirmSeconds: failedSeconds,
      };
    default:
      return { phase: "pending" };
  }
}

function withoutReplicas({ runtimeConfiguration }: LiveDeployment): Verdict {
  if (runtimeConfiguration?.["minReplicas"] !== 0) return { phase: "pending", reason: "no replica is ready yet" };
  return {
    phase: "ready",
    reason: "scaled to zero: the next request starts a replica",
    confirmSeconds: scaledToZeroSeconds,
  };
}

/** Both lists may be missing in an answer, and mean empty ones (inferred). */
function configurationOf({ runtimeConfiguration }: LiveDeployment): Record<string, unknown> | undefined {
  if (runtimeConfiguration === undefined || runtimeConfiguration === null) return undefined;
  return { sources: [], environmentVariables: {}, ...withoutAbsent(runtimeConfiguration) };
}

/** A word of a later version says nothing about it. */
function enabledOf(state: string): { enabled?: boolean } {
  return ["ACTIVE", "STARTING", "DEGRADED", "FAILED", "DISABLED"].includes(state)
    ? { enabled: state !== "DISABLED" }
    : {};
}

function withoutAbsent<Value>(values: Record<string, Value>): Record<string, NonNullable<Value>> {
  const present = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(present) as Record<string, NonNullable<Value>>;
}
