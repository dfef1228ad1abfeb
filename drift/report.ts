/** What a drift detection reports. Plain JSON: `--format json` writes exactly this. Types only. */

/** Raised when a member changes its meaning or goes away; new members may come at any time. */
export type DriftReportVersion = 1;

/** The report on one stack. */
export interface DriftReport {
  /** Of the report's shape, not of the package. */
  version: DriftReportVersion;
  /** The stack's name, as Pulumi knows it: `dev`, or `acme/chat/dev`. */
  stack: string;
  /** The name of the stack's project. */
  project: string;
  /** When the detection began: ISO 8601. */
  startedAt: string;
  /** When it ended: ISO 8601. */
  endedAt: string;
  /** How many resources have each verdict. */
  summary: DriftSummary;
  /** Every resource that was looked at, by URN. */
  resources: ResourceDrift[];
  /** What concerns no single resource: the engine could not run to its end, say. Makes the report's outcome `unknown`. */
  errors: string[];
}

/**
 * - `clean`: it is what the stack declares.
 * - `drifted`: its configuration or its bounds are others, or it is gone.
 * - `unhealthy`: it is configured as declared and does not do what it should.
 * - `unknown`: nobody can tell; the reason says why.
 */
export type Verdict = "clean" | "drifted" | "unhealthy" | "unknown";

/** Numbers of resources by their verdicts. */
export interface DriftSummary {
  /** Resources that are what the stack declares. */
  clean: number;
  /** Resources that were changed, or are gone. */
  drifted: number;
  /** Resources that do not do what they should. */
  unhealthy: number;
  /** Resources of which nobody can tell. */
  unknown: number;
  /** Differences that a rule or `ignoreChanges` left out. */
  ignored: number;
}

/** What was found of one resource. */
export interface ResourceDrift {
  /** The resource's URN. */
  urn: string;
  /** The resource's name in the program. */
  name: string;
  /** The type as Pulumi knows it: `pulumi-nodejs:dynamic/inference:ModelDeployment`, `inference:index:ModelDeployment`. */
  type: string;
  /** The platform of a deployment of this package; absent for other resources. */
  platform?: string;
  /** The resource's id: `deepinfra/<deploy_id>`. */
  id: string;
  /** What the differences, or their absence, come to. */
  verdict: Verdict;
  /** Why the verdict is `unhealthy` or `unknown`, in one sentence. */
  reason?: string;
  /** What differs between the state and the world, but what is ignored. */
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

/** One property that is otherwise than the state says. */
export interface Difference {
  /** As a user writes it: `deepinfra.settings.maxInstances`; an output's name for `health`: `status`. */
  path: string;
  /** What kind of a difference it is. */
  class: DifferenceClass;
  /** What the state says; absent when there was nothing. Secrets are `[secret]`. */
  old?: unknown;
  /** What is there; absent when it is gone. */
  new?: unknown;
}

/** A difference that does not count. */
export interface IgnoredDifference extends Difference {
  /** Where the rule stands: the program's `ignoreChanges`, or the stack's config. */
  by: "ignoreChanges" | "config";
}
