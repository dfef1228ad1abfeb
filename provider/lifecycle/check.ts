/** Check: refuses bad input at preview, all failures at once, before any request. */
import { ConfigurationError } from "../errors";
import { isUnknown } from "../inputs/unknown";
import type { Connections } from "../connection/connection";
import { requestsPerSecond } from "../connection/request-rate";
import { sharesReads } from "../connection/shared-reads";
import { registerSecrets } from "./block-secrets";
import type { Findings, Problem } from "../platform";
import { commonInputKeys } from "../resources/common-inputs";
import type { AnyPlatform, Block, Properties, ResourceKind } from "../resources/resource-kind";

export interface CheckResult {
  /** Sentences without any value of an input that may be secret. */
  failures: string[];
  warnings: string[];
  /** What has to be known of a platform before a deployment is made there. */
  notes: string[];
}

/**
 * Touches no network: the engine checks one resource after the other.
 *
 * @param isNew whether the resource is not in state yet.
 */
export function check(kind: ResourceKind, inputs: Properties, connections: Connections, isNew: boolean): CheckResult {
  const block = kind.blockOf(inputs) ?? kind.emptyBlock;
  const findings = block === undefined ? { problems: [], warnings: [] } : checkBlock(kind, block);
  const problems = [
    ...kind.problemsAround(inputs),
    ...checkCommon(inputs),
    ...checkLimit(inputs, block),
    ...findings.problems,
  ];
  const failures = problems.map(sentence);
  if (block !== undefined) failures.push(...checkCredentials(block.platform, connections));
  // What waits for the deployment is shown what a platform says of it, and not its inputs.
  if (block !== undefined) registerSecrets({ ...block, redactor: connections.redactor(block.platform) }, block);
  const notes = block === undefined || !isNew || failures.length > 0 ? [] : notesOn(block);
  return { failures, warnings: findings.warnings.map(sentence), notes };
}

function notesOn({ platform }: Block): string[] {
  const { beforeCreate, leavesBehind } = platform.load();
  const afterDestroy = leavesBehind === undefined ? undefined : `after \`pulumi destroy\`: ${leavesBehind}`;
  return [beforeCreate, afterDestroy].filter((note) => note !== undefined);
}

function checkBlock(kind: ResourceKind, block: Block): Findings {
  const { problems, warnings } = block.platform.load().rules.check(block.inputs);
  const rebase = ({ path, message }: Problem): Problem => ({ path: kind.pathOf(block.platform, path), message });
  return { problems: problems.map(rebase), warnings: warnings.map(rebase) };
}

function checkCommon(inputs: Properties): Problem[] {
  return commonInputKeys.flatMap((key) => {
    const value = inputs[key];
    if (value === undefined || isUnknown(value)) return [];
    const message = commonRules[key](value);
    return message === undefined ? [] : [{ path: key, message }];
  });
}

/** A limit that could never be held would only look like one. */
function checkLimit({ maxUsdPerHour }: Properties, block: Block | undefined): Problem[] {
  const notPriced = block?.platform.load().notPriced;
  if (maxUsdPerHour === undefined || notPriced === undefined) return [];
  const message = `cannot be held on ${block?.platform.title}: ${notPriced}; leave it out`;
  return [{ path: "maxUsdPerHour", message }];
}

const commonRules: Record<(typeof commonInputKeys)[number], (value: unknown) => string | undefined> = {
  waitForReady: (value) => (typeof value === "boolean" ? undefined : "must be true or false"),
  adopt: (value) =>
    typeof value === "string" && value !== "" ? undefined : "must be the id of an existing deployment",
  onCreateFailure: (value) => (value === "keep" || value === "remove" ? undefined : 'must be "keep" or "remove"'),
  maxUsdPerHour: (value) => (typeof value === "number" && value > 0 ? undefined : "must be a number above 0"),
};

/** What a platform's account lacks, as sentences. */
export function checkCredentials(platform: AnyPlatform, connections: Connections): string[] {
  const implementation = platform.load();
  const settings = connections.settings(platform);
  try {
    implementation.requireCredentials(settings);
    implementation.baseUrl(settings);
    requestsPerSecond(settings);
    sharesReads(settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [error.message];
    throw error;
  }
}

/** A problem as users read it. */
export function sentence({ path, message }: Problem): string {
  return path === "" ? message : `${path}: ${message}`;
}
