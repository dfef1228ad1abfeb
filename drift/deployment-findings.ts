/** What an observation of one of our deployments shows. */
import type { Phase } from "../provider/platform";
import { isRecord } from "../provider/resources/resource-kind";
import { awaitingKey } from "../provider/lifecycle/state";
import type { DeploymentKind } from "./deployment-kind";
import type { FoundDifference, IsIgnored } from "./ignore-rule";
import { inputDifferences } from "./input-differences";
import type { Observation } from "./observation";
import type { DifferenceClass } from "./report";

/** What was found, before anything is ignored. */
export interface Findings {
  differences: FoundDifference[];
  /** Why the resource is not well, for the differences of class `health`. */
  illness?: string;
  /** Why nobody can say that it is as declared. */
  cannotTell?: string;
}

/** Phases that a roll-out passes through. */
const passingPhases: readonly Phase[] = ["pending", "degraded"];

/** Whether what was seen may be over in a moment, inputs that are still being applied included. */
export function mayPass({ live, error }: Observation): boolean {
  return error === undefined && live !== undefined && passingPhases.includes(live.outputs["status"] as Phase);
}

export function findInDeployment(deployment: DeploymentKind, observation: Observation, isIgnored: IsIgnored): Findings {
  const { known, live } = observation;
  if (live === undefined) return { differences: [goneDifference(observation)] };
  const { kind, platform } = deployment;
  const inputs = inputDifferences(kind, observation);
  // What is ignored has the value that it has: a deployment whose `enabled` is ignored may be disabled.
  const freed = inputs.some((one) => one.class === "health" && isIgnored(one) !== undefined);
  const block = kind.blockOf(freed ? live.inputs : known.inputs);
  const implementation = platform.load();
  const wanted: Phase = block === undefined || implementation.rules.wantsRunning(block.inputs) ? "ready" : "stopped";
  const phase = live.outputs["status"] as Phase | undefined;
  const differences = [...inputs, ...floatingDifferences(observation, implementation.floatingDetails ?? [])];
  if (phase === "unknown") return { differences, cannotTell: reasonIn(observation) ?? "the platform cannot be asked" };
  if (phase !== undefined && phase !== wanted) {
    differences.push(outputDifference(["status"], "health", wanted, phase));
    return { differences, illness: illnessOf(platform.title, wanted, observation) };
  }
  return implementation.cannotTell === undefined
    ? { differences }
    : { differences, cannotTell: implementation.cannotTell };
}

export function goneDifference({ id }: Observation): FoundDifference {
  return outputDifference(["id"], "existence", id, undefined);
}

export function outputDifference(
  segments: readonly string[],
  kind: DifferenceClass,
  old: unknown,
  live: unknown,
): FoundDifference {
  return {
    path: segments.join("."),
    segments,
    ofInput: false,
    class: kind,
    ...(old === undefined ? {} : { old }),
    ...(live === undefined ? {} : { new: live }),
  };
}

function floatingDifferences({ known, live }: Observation, names: readonly string[]): FoundDifference[] {
  const [from, to] = [known.outputs["details"], live?.outputs["details"]];
  if (!isRecord(from) || !isRecord(to)) return [];
  return names
    .filter((name) => from[name] !== undefined && to[name] !== undefined && from[name] !== to[name])
    .map((name) => outputDifference(["details", name], "floating-version", from[name], to[name]));
}

function illnessOf(title: string, wanted: Phase, observation: Observation): string {
  const outputs = observation.live?.outputs ?? {};
  const { status, platformStatus } = outputs as { status: string; platformStatus?: string };
  const word = platformStatus ? ` (${title} says ${platformStatus})` : "";
  const lasting = observation.observedSeconds === undefined ? "" : ` and was so for ${observation.observedSeconds} s`;
  const reason = reasonIn(observation);
  const unfinished = outputs[awaitingKey] === true ? "the last `pulumi up` did not see it become ready" : undefined;
  const state =
    wanted === "ready" ? `it is ${status}${word}${lasting}` : `it is ${status}${word} and should be stopped`;
  return [state, reason, unfinished].filter((part) => part !== undefined).join("; ");
}

function reasonIn({ live }: Observation): string | undefined {
  const reason = live?.outputs["reason"];
  return typeof reason === "string" && reason !== "" ? reason : undefined;
}
