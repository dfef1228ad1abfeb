/** What the planned deployments of a stack cost. Pure. */
import { estimate, limitWarning, rounded } from "../../provider/cost/estimate";
import type { Estimate, HourlyCost } from "../../provider/cost/estimate";
import { footprintText, mostGpus } from "../../provider/cost/footprint";
import type { Market } from "../../provider/cost/market";
import type { Footprint } from "../../provider/platform";
import type { AnyPlatform, Block } from "../../provider/resources/resource-kind";
import type { Operation, PlannedDeployment } from "./preview";

export interface DeploymentCost {
  urn: string;
  name: string;
  platform: string;
  operation: Operation;
  hardware?: string;
  /** What an hour costs now, by the state, and after the update. Absent where there is none. */
  before?: Estimate;
  after?: Estimate;
  /** The old and the new one stand side by side until the new one is ready. */
  twoAtOnce: boolean;
  maxUsdPerHour?: number;
  /** `maxUsdPerHour` will refuse it. */
  isRefused: boolean;
}

export interface CostReport {
  stack: string;
  deployments: DeploymentCost[];
  /** Of what is known. */
  totals: { before: HourlyCost; after: HourlyCost; during: HourlyCost };
  /** Deployments whose cost after the update is not known. */
  unknown: number;
  warnings: string[];
}

/** A planned deployment, with the account that it is made in. */
export interface Priced {
  planned: PlannedDeployment;
  platform: AnyPlatform;
  /** Tells accounts apart. */
  account: string;
  market: Market;
}

export function reportOn(stack: string, priced: readonly Priced[]): CostReport {
  const deployments = priced.map(costOf);
  const totals = {
    before: sum(deployments.map(({ before }) => before)),
    after: sum(deployments.map(({ after }) => after)),
    during: sum(
      deployments.flatMap(({ before, after, twoAtOnce, operation }) => during(before, after, twoAtOnce, operation)),
    ),
  };
  return {
    stack,
    deployments,
    totals,
    unknown: deployments.filter(({ after }) => after?.unknown !== undefined).length,
    warnings: [...stockWarnings(deployments), ...limitWarnings(priced), ...leftBehind(priced)],
  };
}

function costOf({ planned, platform, market }: Priced): DeploymentCost {
  const { urn, name, operation, before, after, overlaps, maxUsdPerHour } = planned;
  const [from, to] = [footprintOf(before), footprintOf(after)];
  const hardware = footprintText(to ?? from ?? {});
  const cost = operation === "delete" ? undefined : estimate(to ?? {}, market);
  const maximum = cost?.usdPerHour?.maximum;
  const isAsked = operation === "create" || operation === "replace" || grows(from, to);
  const isAbove = maxUsdPerHour !== undefined && maximum !== undefined && maximum > maxUsdPerHour;
  return {
    ...{ urn, name, platform: platform.title, operation },
    ...(hardware === undefined ? {} : { hardware }),
    ...(operation === "create" ? {} : { before: estimate(from ?? {}, market) }),
    ...(cost === undefined ? {} : { after: cost }),
    twoAtOnce: overlaps,
    ...(maxUsdPerHour === undefined ? {} : { maxUsdPerHour }),
    isRefused: isAsked && isAbove,
  };
}

function footprintOf(block: Block | undefined): Footprint | undefined {
  return block?.platform.load().rules.footprint?.(block.inputs);
}

function grows(from: Footprint | undefined, to: Footprint | undefined): boolean {
  const [before, after] = [mostGpus(from ?? {}), mostGpus(to ?? {})];
  return before !== undefined && after !== undefined && after > before;
}

/** What may run while the update goes on: what is removed, until it is, and both of what overlaps. */
function during(
  before: Estimate | undefined,
  after: Estimate | undefined,
  twoAtOnce: boolean,
  operation: Operation,
): (Estimate | undefined)[] {
  if (twoAtOnce) return [before, after];
  if (operation === "delete") return [before];
  const dearer = (before?.usdPerHour?.maximum ?? 0) > (after?.usdPerHour?.maximum ?? 0) ? before : after;
  return [dearer];
}

function sum(estimates: readonly (Estimate | undefined)[]): HourlyCost {
  const known = estimates.map((one) => one?.usdPerHour).filter((cost) => cost !== undefined);
  const total = (key: keyof HourlyCost): number => rounded(known.reduce((amount, cost) => amount + cost[key], 0));
  return { minimum: total("minimum"), maximum: total("maximum") };
}

function stockWarnings(deployments: readonly DeploymentCost[]): string[] {
  return deployments
    .filter(({ after, operation }) => after?.available === false && operation !== "same")
    .map(({ name, platform, hardware }) => {
      return `${name}: ${platform} says that it has no such GPUs now (${hardware}); the deployment may fail or wait`;
    });
}

/** Of all deployments of an account together, at their maximum, and with those that are removed in the end. */
function limitWarnings(priced: readonly Priced[]): string[] {
  const groups = new Map<string, Priced[]>();
  for (const one of priced) groups.set(one.account, [...(groups.get(one.account) ?? []), one]);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { documentedGpuLimit } = first.platform.load();
      return [...gpusOf(group)].map(([gpu, count]) =>
        limitWarning(first.platform.title, gpu, count, first.market, documentedGpuLimit),
      );
    })
    .filter((warning) => warning !== undefined);
}

function gpusOf(group: readonly Priced[]): Map<string, number> {
  const gpus = new Map<string, number>();
  const standing = group.flatMap(({ planned: { before, after, overlaps } }) =>
    overlaps ? [before, after] : [after ?? before],
  );
  for (const block of standing) {
    const footprint = footprintOf(block) ?? {};
    const count = mostGpus(footprint);
    if (footprint.gpu !== undefined && count !== undefined)
      gpus.set(footprint.gpu, (gpus.get(footprint.gpu) ?? 0) + count);
  }
  return gpus;
}

function leftBehind(priced: readonly Priced[]): string[] {
  const removed = priced.filter(({ planned }) => planned.operation === "delete" || planned.operation === "replace");
  const notes = removed.map(({ platform, planned }) => {
    const { leavesBehind } = platform.load();
    return leavesBehind === undefined ? undefined : `${planned.name}, when it is removed: ${leavesBehind}`;
  });
  return notes.filter((note) => note !== undefined);
}
