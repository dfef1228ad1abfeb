/** Which inputs of a deployment have another meaning there than the state says. */
import { differences } from "../provider/inputs/differences";
import { mask } from "../provider/redaction";
import { isRecord } from "../provider/resources/resource-kind";
import type { Block, ResourceKind } from "../provider/resources/resource-kind";
import type { FoundDifference } from "./ignore-rule";
import type { Observation } from "./observation";
import { covers, formatPropertyPath, valueAt } from "./property-path";
import type { PropertyPath } from "./property-path";
import type { DifferenceClass } from "./report";

/** Equal spellings are equal here, and what was left out is the documented default. */
export function inputDifferences(kind: ResourceKind, observation: Observation): FoundDifference[] {
  const { known, live } = observation;
  if (live === undefined) return [];
  const [from, to] = [kind.blockOf(known.inputs), kind.blockOf(live.inputs)];
  const compared = from === undefined || to === undefined ? [] : compare(kind, from, to);
  const secrets = secretDifferences(kind, observation, from);
  return [...compared, ...secrets.filter(({ segments }) => !compared.some((one) => covers(segments, one.segments)))];
}

function compare(kind: ResourceKind, from: Block, to: Block): FoundDifference[] {
  const { rules } = from.platform.load();
  const found = differences(rules.canonical(from.inputs), rules.canonical(to.inputs));
  return found.map(({ segments, from: was, to: is }) => {
    const place = [...blockPath(kind, from), ...segments];
    const [said, there] = [valueAt(from.inputs, segments) ?? was, valueAt(to.inputs, segments) ?? is];
    return inputDifference(place, classOf(kind, from, place), said, there);
  });
}

/** Values of secrets are not told, so that the provider's own comparison has to say which of them differ. */
function secretDifferences(kind: ResourceKind, observation: Observation, from: Block | undefined): FoundDifference[] {
  const { known, live, changedPaths } = observation;
  const inputs = kind.inputKeys();
  const paths = changedPaths
    .map((text) => maskedAt(known.inputs, text) ?? maskedAt(live?.inputs, text))
    .filter((path) => path !== undefined)
    .filter(([first = ""]) => inputs.includes(first));
  const distinct = new Map(paths.map((path) => [formatPropertyPath(path), path]));
  return [...distinct.values()].map((path) => {
    const sides = [valueAt(known.inputs, path), valueAt(live?.inputs, path)].map((side) =>
      side === undefined ? side : mask,
    );
    return inputDifference(path, classOf(kind, from, path), ...(sides as [unknown, unknown]));
  });
}

/** The path of the secret that a dotted text leads to, or into; undefined when it leads to none. */
function maskedAt(value: unknown, text: string): string[] | undefined {
  if (value === mask) return [];
  if (!isRecord(value)) return undefined;
  for (const [key, item] of Object.entries(value)) {
    // A key may hold dots itself.
    const rest = text === key ? "" : text.startsWith(`${key}.`) ? text.slice(key.length + 1) : undefined;
    const below = rest === undefined ? undefined : maskedAt(item, rest);
    if (below !== undefined) return [key, ...below];
  }
  return undefined;
}

function inputDifference(segments: PropertyPath, kind: DifferenceClass, old: unknown, live: unknown): FoundDifference {
  return {
    path: formatPropertyPath(segments),
    segments,
    ofInput: true,
    class: kind,
    ...(old === undefined ? {} : { old }),
    ...(live === undefined ? {} : { new: live }),
  };
}

function classOf(kind: ResourceKind, block: Block | undefined, place: PropertyPath): DifferenceClass {
  if (block === undefined) return "configuration";
  const within = place.slice(blockPath(kind, block).length).join(".");
  return block.platform.load().rules.driftClassOf?.(within) ?? "configuration";
}

/** Where the block stands among the resource's inputs: at the top for a resource of one platform. */
function blockPath(kind: ResourceKind, { platform }: Block): string[] {
  const path = kind.pathOf(platform, "");
  return path === "" ? [] : [path];
}
