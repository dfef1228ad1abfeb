/** What Pulumi sees of a resource of another provider. */
import { differences } from "../provider/inputs/differences";
import { goneDifference, outputDifference } from "./deployment-findings";
import type { Findings } from "./deployment-findings";
import type { FoundDifference } from "./ignore-rule";
import type { Observation } from "./observation";
import { formatPropertyPath, parsePropertyPath, valueAt } from "./property-path";
import type { PropertyPath } from "./property-path";

export function findInForeign(observation: Observation): Findings {
  const { live, initErrors, differs } = observation;
  if (live === undefined) return { differences: [goneDifference(observation)] };
  const found = differs ? changesIn(observation) : [];
  if (initErrors.length === 0) return { differences: found };
  const illness = initErrors.join("; ");
  return { differences: [...found, outputDifference(["initErrors"], "health", undefined, illness)], illness };
}

/** Where its provider names no properties, those whose values differ; `*` where only values of secrets do. */
function changesIn(observation: Observation): FoundDifference[] {
  const named = deepest(observation.changedPaths.map(parsePropertyPath).filter((path) => path !== undefined));
  const seen = named.length > 0 ? named : visiblePaths(observation);
  return (seen.length > 0 ? seen : [["*"]]).map((path) => foreignDifference(observation, path));
}

function visiblePaths({ known, live }: Observation): PropertyPath[] {
  const changed = [
    ...differences(shown(known.inputs), shown(live?.inputs)),
    ...differences(shown(known.outputs), shown(live?.outputs)),
  ].map(({ segments }) => segments);
  return [...new Map(changed.map((path) => [formatPropertyPath(path), path])).values()];
}

/** Without what Pulumi and providers keep for themselves. */
function shown(properties: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** A path that others lead through says nothing of its own. */
function deepest(paths: readonly PropertyPath[]): PropertyPath[] {
  const texts = new Map(paths.map((path) => [formatPropertyPath(path), path]));
  return [...texts]
    .filter(([text]) => ![...texts.keys()].some((other) => isBelow(other, text)))
    .map(([, path]) => path);
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

function foreignDifference({ known, live }: Observation, path: PropertyPath): FoundDifference {
  const old = valueAt(known.outputs, path) ?? valueAt(known.inputs, path);
  const there = valueAt(live?.outputs, path) ?? valueAt(live?.inputs, path);
  return {
    path: formatPropertyPath(path),
    segments: path,
    ofInput: true,
    class: "configuration",
    ...(old === undefined ? {} : { old }),
    ...(there === undefined ? {} : { new: there }),
  };
}
