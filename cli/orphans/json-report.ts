/** The report for programs. Its shape is documented in docs/orphans.md, and changes with `version` only. Pure. */
import type { Orphan } from "./orphan";
import type { Removal } from "./remove";
import { totalOf } from "./report";
import type { Report } from "./report";

/** @param removals undefined when nothing was to be removed. */
export function jsonReport({ stacks, accounts, orphans, notLookedAt }: Report, removals?: readonly Removal[]): string {
  const { usdPerHour, usdSoFar } = totalOf(orphans);
  const json = {
    version: 1,
    comparedWith: stacks.map(({ name, source }) => ({ name, source })),
    accounts: accounts.map(({ platform, url, usedBy }) => ({ platform: platform.id, url, usedBy })),
    orphans: orphans.map((orphan) => orphanOut(orphan, removals)),
    total: { usdPerHour: cents(usdPerHour), usdSoFar: cents(usdSoFar) },
    notLookedAt: notLookedAt.map(({ what, reason, failed }) => ({ what, reason, failed })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function orphanOut(orphan: Orphan, removals: readonly Removal[] | undefined) {
  const { account, id, reference, name, phase, platformStatus, createdAt, ageMs, replicas, hardware, request } = orphan;
  const removal = removals?.find((one) => one.orphan === orphan);
  return {
    platform: account.platform.id,
    account: account.url,
    id,
    deploymentId: reference.deploymentId,
    name,
    status: phase,
    platformStatus,
    createdAt: createdAt?.toISOString(),
    ageSeconds: ageMs === undefined ? undefined : Math.round(ageMs / 1000),
    replicas,
    hardware,
    usdPerHour: orphan.usdPerHour,
    usdSoFar: cents(orphan.usdSoFar),
    mayBelongToRun: orphan.isFresh || request !== undefined,
    askedFor: request && { urn: request.urn, at: request.startedAt?.toISOString() },
    ...(removals === undefined ? {} : { removal: removal?.outcome ?? "skipped", removalError: removal?.error }),
  };
}

function cents(amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : Number(amount.toFixed(2));
}
