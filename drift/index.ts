/**
 * What scripts import from `pulumi-inference/drift`.
 *
 * @module pulumi-inference/drift
 */
export { detectDrift } from "./detect";
export type { DetectOptions } from "./detect";
export type { IgnoreRule } from "./ignore-rule";
export type {
  Difference,
  DifferenceClass,
  DriftReport,
  DriftReportVersion,
  DriftSummary,
  IgnoredDifference,
  ResourceDrift,
  Verdict,
} from "./report";
