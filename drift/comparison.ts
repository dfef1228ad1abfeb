/** What changed between two reports of a stack. Pure. */
import type { DriftReport, ResourceDrift, Verdict } from "./report";

export interface Comparison {
  /** When the earlier detection ended: ISO 8601. */
  since: string;
  /** URNs of what is not clean, and was clean, absent or different in the earlier report. */
  fresh: ReadonlySet<string>;
  resolved: readonly Resolved[];
  /** The detection had no errors of its own then, and has now. */
  errorsAreFresh: boolean;
}

export interface Resolved {
  urn: string;
  name: string;
  /** What it was. */
  verdict: Verdict;
  /** It left the stack. */
  left: boolean;
}

export function compareReports(earlier: DriftReport, later: DriftReport): Comparison {
  const before = new Map(earlier.resources.map((resource) => [resource.urn, resource]));
  const after = new Map(later.resources.map((resource) => [resource.urn, resource]));
  const fresh = later.resources.filter((resource) => {
    const last = before.get(resource.urn);
    return resource.verdict !== "clean" && (last === undefined || findingOf(last) !== findingOf(resource));
  });
  const resolved = earlier.resources.filter(
    ({ urn, verdict }) => verdict !== "clean" && (after.get(urn)?.verdict ?? "clean") === "clean",
  );
  return {
    since: earlier.endedAt,
    fresh: new Set(fresh.map(({ urn }) => urn)),
    resolved: resolved.map(({ urn, name, verdict }) => ({ urn, name, verdict, left: !after.has(urn) })),
    errorsAreFresh: earlier.errors.length === 0 && later.errors.length > 0,
  };
}

export function hasNews({ fresh, resolved, errorsAreFresh }: Comparison): boolean {
  return fresh.size > 0 || resolved.length > 0 || errorsAreFresh;
}

/** Without the reason, in which a platform may name the request or the time: that alone is no news. */
function findingOf({ verdict, differences }: ResourceDrift): string {
  const found = differences.map(({ path, class: sort, new: now }) => JSON.stringify([path, sort, canonical(now)]));
  return [verdict, ...found.sort()].join("\n");
}

/** The order of keys is nothing that a platform promises. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => [key, canonical(member)]);
}
