/** Diff: what a change of the program, or of the world as the last refresh saw it, asks for. */
import { differences } from "../inputs/differences";
import { assumingUnchanged } from "../inputs/unknown";
import type { Difference } from "../inputs/differences";
import type { ChangeEffect, InputRules } from "../platform";
import { blockIsUnknown } from "../resources/resource-kind";
import type { Block, Properties, ResourceKind } from "../resources/resource-kind";
import { awaitingKey, phaseOf } from "./state";

export interface PropertyDifference extends Difference {
  effect: ChangeEffect;
}

export interface DiffResult {
  changes: boolean;
  /** Paths of inputs whose change replaces the deployment. */
  replaces: string[];
  /** Also told where nothing is replaced, since Pulumi's users can ask for a replacement by themselves. */
  deleteBeforeReplace: boolean;
  /** The inputs that differ, for hosts that can show them. */
  properties: PropertyDifference[];
  /** Why there is a change although no input differs. */
  repair: "none" | "update" | "replace";
  /** The output that tells of that reason. */
  repaired: string;
}

/** Pure: no network and no clock, since the engine compares one resource after the other. */
export function diff(kind: ResourceKind, state: Properties, inputs: Properties): DiffResult {
  if (blockIsUnknown(kind, inputs)) return { ...unchanged, changes: true };
  const [from, to] = [kind.blockOf(state), kind.blockOf(inputs)];
  // A state without inputs comes from `get` or an interrupted import: there is nothing to compare.
  if (from === undefined || to === undefined) return { ...unchanged, changes: from !== to };
  if (from.platform.id !== to.platform.id) {
    return { ...unchanged, changes: true, replaces: [kind.pathOf(to.platform, "")] };
  }

  const { rules, repairsDegraded } = to.platform.load();
  const assumed = { ...to, inputs: assumingUnchanged(from.inputs, to.inputs) };
  const properties = [...compare(kind, rules, from, assumed), ...notKnownYet(kind, rules, from, to)];
  const replaces = properties.filter(({ effect, unknown }) => effect === "replace" && !unknown);
  const repair = repairOf(state, inputs, rules.wantsRunning(assumed.inputs), repairsDegraded);
  const whole = repair === "replace" && replaces.length === 0;
  return {
    ...unchanged,
    changes: properties.length > 0 || repair !== "none",
    replaces: whole ? [kind.pathOf(to.platform, "")] : replaces.map(({ path }) => path),
    deleteBeforeReplace: sameIdentity(rules, from, assumed),
    properties,
    repair,
  };
}

export const unchanged: DiffResult = {
  changes: false,
  replaces: [],
  deleteBeforeReplace: false,
  properties: [],
  repair: "none",
  repaired: "status",
};

function compare(kind: ResourceKind, rules: InputRules<unknown>, from: Block, to: Block): PropertyDifference[] {
  const found = differences(rules.canonical(from.inputs), rules.canonical(to.inputs));
  return found.map((difference) => withEffect(kind, rules, to, difference));
}

/** Compared as they are given: no rule of a platform is written for values that are not known yet. */
function notKnownYet(kind: ResourceKind, rules: InputRules<unknown>, from: Block, to: Block): PropertyDifference[] {
  const found = differences(from.inputs, to.inputs).filter(({ unknown }) => unknown);
  return found.map((difference) => withEffect(kind, rules, to, difference));
}

function withEffect(
  kind: ResourceKind,
  rules: InputRules<unknown>,
  { platform }: Block,
  difference: Difference,
): PropertyDifference {
  const { path } = difference;
  return { ...difference, path: kind.pathOf(platform, path), effect: rules.effectOf(path) };
}

/** What the last look at the platform asks for, beside any change of the program. */
function repairOf(
  state: Properties,
  inputs: Properties,
  wantsRunning: boolean,
  repairsDegraded: boolean,
): DiffResult["repair"] {
  const phase = phaseOf(state);
  // Of what is unknown nobody can say that it was taken, and that is not to be waited for alone.
  const minds = inputs["waitForReady"] !== false || phase === "unknown";
  const awaiting = state[awaitingKey] === true && minds;
  if (!wantsRunning) return awaiting && phase !== "stopped" ? "update" : "none";
  if (phase === "failed" || phase === "gone") return "replace";
  if (phase === "stopped") return "update";
  if (phase === "degraded" && repairsDegraded) return "update";
  // The last wait did not end: an update takes it up again. A deployment that was ready and is
  // pending now is rolling or scaling by itself, which is no drift.
  return awaiting ? "update" : "none";
}

/** Two deployments with one identity cannot stand side by side: names and GPUs are claimed. */
function sameIdentity(rules: InputRules<unknown>, from: Block, to: Block): boolean {
  return rules.identity(from.inputs) === rules.identity(to.inputs);
}
