/** What a drift detection reports. Plain JSON: `--format json` writes exactly this. Types only. */

/** Raised when a member changes its meaning or goes away; new members may come at any time. */
export type DriftReportVersion = 1;

export interface DriftReport {
  version: DriftReportVersion;
  /** The stack's name, as Pulumi knows it: `dev`, or `acme/chat/dev`. */
  stack: string;
  project: string;
  /** When the detection began and ended: ISO 8601. */
  startedAt: string;
  endedAt: string;
  summary: DriftSummary;
  /** Every resource that was looked at, by URN. */
  resources: ResourceDrift[];
  /** What concerns no single resource: the engine could not run to its end, say. Makes the report's outcome `unknown`. */
  errors: string[];
}

export type Verdict = "clean" | "drifted" | "unhealthy" | "unknown";

export interface DriftSummary {
  /** Resources by verdict. */
  clean: number;
  drifted: number;
  unhealthy: number;
  unknown: number;
  /** Differences that a rule or `ignoreChanges` left out. */
  ignored: number;
}

export interface ResourceDrift {
  urn: string;
  /** The resource's name in the program. */
  name: string;
  /** The type as Pulumi knows it: `pulumi-nodejs:dynamic/inference:ModelDeployment`. */
  type: string;
  /** The platform of a deployment of this package; absent for other resources. */
  platform?: string;
  /** The resource's id: `deepinfra/<deploy_id>`. */
  id: string;
  verdict: Verdict;
  /** Why the verdict is `unhealthy` or `unknown`, in one sentence. */
  reason?: string;
  differences: Difference[];
  /** Differences that were found and left out. */
  ignored: IgnoredDifference[];
}

/**
 * - `configuration`: an input has another value there than the state says.
 * - `scale-bounds`: a bound of the number of replicas has.
 * - `health`: it is stopped, failed or degraded while the program wants it to run, or runs while it should not.
 * - `existence`: it is gone.
 * - `floating-version`: the version that runs is another one, by the platform's own doing. No drift by itself.
 */
export type DifferenceClass = "configuration" | "scale-bounds" | "health" | "existence" | "floating-version";

export interface Difference {
  /** As a user writes it: `deepinfra.settings.maxInstances`; an output's name for `health`: `status`. */
  path: string;
  class: DifferenceClass;
  /** What the state says; absent when there was nothing. Secrets are `[secret]`. */
  old?: unknown;
  /** What is there; absent when it is gone. */
  new?: unknown;
}

export interface IgnoredDifference extends Difference {
  /** Where the rule stands: the program's `ignoreChanges`, or the stack's config. */
  by: "ignoreChanges" | "config";
}
