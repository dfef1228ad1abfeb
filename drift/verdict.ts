/** From what was seen to what is said. Pure. */
import { deploymentKindOf } from "./deployment-kind";
import { findInDeployment } from "./deployment-findings";
import type { Findings } from "./deployment-findings";
import { findInForeign } from "./foreign-findings";
import { ignoring } from "./ignore-rule";
import type { FoundDifference, IgnoreRule } from "./ignore-rule";
import type { Observation } from "./observation";
import type { Difference, DriftSummary, IgnoredDifference, ResourceDrift, Verdict } from "./report";

/** Says of one resource whether it is what the stack declares. */
export function judge(observation: Observation, rules: readonly IgnoreRule[] = []): ResourceDrift {
  const { urn, name, type, id, error } = observation;
  const deployment = deploymentKindOf(observation);
  const resource = { urn, name, type, ...(deployment === undefined ? {} : { platform: deployment.platform.id }), id };
  if (error !== undefined) return { ...resource, verdict: "unknown", reason: error, differences: [], ignored: [] };
  const isIgnored = ignoring(observation, rules);
  const findings =
    deployment === undefined ? findInForeign(observation) : findInDeployment(deployment, observation, isIgnored);
  const differences: Difference[] = [];
  const ignored: IgnoredDifference[] = [];
  for (const found of findings.differences) {
    const by = isIgnored(found);
    if (by === undefined) differences.push(shown(found));
    else ignored.push({ ...shown(found), by });
  }
  return { ...resource, ...conclude(differences, findings), differences, ignored };
}

export function summarize(resources: readonly ResourceDrift[]): DriftSummary {
  const count = (verdict: Verdict): number => resources.filter((resource) => resource.verdict === verdict).length;
  return {
    clean: count("clean"),
    drifted: count("drifted"),
    unhealthy: count("unhealthy"),
    unknown: count("unknown"),
    ignored: resources.reduce((sum, { ignored }) => sum + ignored.length, 0),
  };
}

/** What is certain comes first: a difference, then an illness, and only then that nobody can tell. */
function conclude(
  differences: readonly Difference[],
  { illness, cannotTell }: Findings,
): Pick<ResourceDrift, "verdict" | "reason"> {
  const classes = new Set(differences.map((difference) => difference.class));
  const reason = classes.has("health") && illness !== undefined ? { reason: illness } : {};
  const drifted = (["configuration", "scale-bounds", "existence"] as const).some((one) => classes.has(one));
  if (drifted) return { verdict: "drifted", ...reason };
  if (classes.has("health")) return { verdict: "unhealthy", ...reason };
  return cannotTell === undefined ? { verdict: "clean" } : { verdict: "unknown", reason: cannotTell };
}

function shown({ segments: _segments, ofInput: _ofInput, ...difference }: FoundDifference): Difference {
  return difference;
}
