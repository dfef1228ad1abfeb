/** What the command's exit code says of a report. Pure. */
import type { Comparison } from "../../drift/comparison";
import type { DriftReport } from "../../drift/report";
import type { FailingVerdict } from "./options";

/** 0: nothing that counts. 2: drifted or unhealthy. 1: only unknown, or the detection had errors. */
export type ExitCode = 0 | 1 | 2;

/** @param news given when only what is new since an earlier report counts. */
export function exitCodeOf(
  { resources, errors }: DriftReport,
  failOn: readonly FailingVerdict[],
  news?: Comparison,
): ExitCode {
  const counted = resources.filter(({ urn }) => news === undefined || news.fresh.has(urn));
  const has = (verdict: FailingVerdict): boolean =>
    failOn.includes(verdict) && counted.some((resource) => resource.verdict === verdict);
  if (has("drifted") || has("unhealthy")) return 2;
  const hasErrors = errors.length > 0 && (news?.errorsAreFresh ?? true);
  return has("unknown") || (hasErrors && failOn.includes("unknown")) ? 1 : 0;
}
