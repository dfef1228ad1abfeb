/** Which differences are left out: those of the program's `ignoreChanges`, and of rules. */
import type { Observation } from "./observation";
import { covers, parsePropertyPath } from "./property-path";
import type { PropertyPath } from "./property-path";
import type { Difference, IgnoredDifference } from "./report";

/** A rule of the stack's config, or of a caller. */
export interface IgnoreRule {
  /** The name of the resource in the program, or its URN; `*` stands for any text. All resources without it. */
  resource?: string;
  /**
   * Paths as `ignoreChanges` has them: `deepinfra.settings`, `tags["a.b"]`, `*` for any member. A path
   * stands for all that is below it.
   */
  paths: string[];
  /** Why, for those who read the config later. */
  reason?: string;
}

/** A difference with its path in parts. */
export interface FoundDifference extends Difference {
  segments: PropertyPath;
  /** Whether it is of an input, which a program can set. */
  ofInput: boolean;
}

/** Says by what a difference is ignored; undefined when it counts. */
export type IsIgnored = (difference: FoundDifference) => IgnoredDifference["by"] | undefined;

/** `ignoreChanges` speaks of what a program can set: it hides neither the health nor the loss of a resource. */
export function ignoring(observation: Observation, rules: readonly IgnoreRule[]): IsIgnored {
  const byProgram = pathsOf(observation.ignoreChanges);
  const byRules = pathsOf(rules.filter((rule) => concerns(rule, observation)).flatMap(({ paths }) => paths));
  return ({ segments, ofInput }) => {
    if (ofInput && byProgram.some((pattern) => covers(pattern, segments))) return "ignoreChanges";
    return byRules.some((pattern) => covers(pattern, segments)) ? "config" : undefined;
  };
}

function pathsOf(texts: readonly string[]): PropertyPath[] {
  return texts.map(parsePropertyPath).filter((path) => path !== undefined);
}

function concerns({ resource }: IgnoreRule, { name, urn }: Observation): boolean {
  if (resource === undefined) return true;
  const pattern = new RegExp(`^${resource.split("*").map(escaped).join(".*")}$`);
  return pattern.test(name) || pattern.test(urn);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
