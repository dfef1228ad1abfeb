/** Compares a stack's state with what is there, by Pulumi's own preview of a refresh. Writes nothing. */
import type { Stack } from "@pulumi/pulumi/automation";
import { redactTexts } from "../provider/lifecycle/state";
import type { Redactor } from "../provider/redaction";
import { systemClock } from "../provider/wait/clock";
import { commandErrorText } from "./command-error";
import type { IgnoreRule } from "./ignore-rule";
import { readKnownStack } from "./known-resources";
import type { KnownResource, KnownStack } from "./known-resources";
import { look } from "./look";
import type { LookOptions } from "./look";
import type { Observation } from "./observation";
import { readProgramIgnores } from "./program-ignores";
import type { DriftReport, ResourceDrift } from "./report";
import { parseSettings, settingsKey } from "./settings";
import { settle } from "./settle";
import { judge, summarize } from "./verdict";

/** What `detectDrift` looks at, and how. */
export interface DetectOptions {
  /** Runs the program, so that its current `ignoreChanges` and config count. Without it no program is run. */
  runProgram?: boolean;
  /** Leaves out resources of other providers. */
  onlyInference?: boolean;
  /** Rules beside those of the stack's config (`inference:drift`), which are read in any case. */
  ignore?: IgnoreRule[];
  /**
   * For how long a state that may pass, as during a roll-out, is observed again before it counts, in
   * seconds. 0 takes the first look for the truth.
   *
   * @default 60
   */
  settleSeconds?: number;
  /** How many resources are read at the same time; Pulumi's own default without it. */
  parallel?: number;
  /** Ends the detection, which then rejects. */
  signal?: AbortSignal;
}

/**
 * Says of each resource of a stack whether what runs is what the stack declares.
 *
 * @throws an error when the stack's `inference:drift` is not well-formed, and when the signal is aborted.
 * Whatever else goes wrong is told in the report.
 */
export async function detectDrift(stack: Stack, options: DetectOptions = {}): Promise<DriftReport> {
  const startedAt = new Date();
  const [known, configured] = await Promise.all([
    readKnownStack(stack, options.onlyInference === true),
    readRules(stack),
  ]);
  options.signal?.throwIfAborted();
  const { observations, errors } = await observe(stack, known, options);
  const rules = [...configured, ...(options.ignore ?? [])];
  const resources = observations
    .map((observation) => judge(observation, rules))
    .map((resource) => redacted(resource, known.redactor))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return {
    version: 1,
    stack: stack.name,
    project: await projectOf(stack),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    summary: summarize(resources),
    resources,
    errors: [...known.errors, ...errors].map((error) => known.redactor.redact(error)),
  };
}

/** The key alone is read: other values may be secrets. */
async function readRules(stack: Stack): Promise<IgnoreRule[]> {
  const config = await stack.getAllConfig();
  return parseSettings(config[settingsKey]?.value).ignore;
}

interface Observed {
  observations: Observation[];
  errors: string[];
}

async function observe(stack: Stack, { resources }: KnownStack, options: DetectOptions): Promise<Observed> {
  const { runProgram = false, onlyInference = false, settleSeconds = 60, parallel } = options;
  const signal = options.signal ?? new AbortController().signal;
  const errors: string[] = [];
  const lookAt = async (some: readonly KnownResource[], how: Pick<LookOptions, "runProgram" | "targeted">) => {
    const seen = await look(stack, some, { ...how, signal, ...(parallel === undefined ? {} : { parallel }) });
    errors.push(...seen.errors);
    return seen;
  };
  const current = runProgram ? await withProgramIgnores(stack, resources, errors, signal) : resources;
  const first = await lookAt(current, { runProgram, targeted: onlyInference });
  // With the program, the first resource that cannot be read ends the refresh.
  const missed = runProgram ? await lookAt(first.missed, { runProgram: false, targeted: true }) : undefined;
  const again = async (urns: readonly string[]) => {
    const passing = current.filter(({ urn }) => urns.includes(urn));
    return (await lookAt(passing, { runProgram: false, targeted: true })).observations;
  };
  const seen = newest([...first.observations, ...(missed?.observations ?? [])]);
  const observations = await settle(seen, again, { seconds: settleSeconds, clock: systemClock, signal });
  return { observations, errors: [...new Set(errors)] };
}

function newest(observations: readonly Observation[]): Observation[] {
  return [...new Map(observations.map((observation) => [observation.urn, observation])).values()];
}

/** A refresh knows what the program ignored when it ran last, even when it runs the program. */
async function withProgramIgnores(
  stack: Stack,
  resources: readonly KnownResource[],
  errors: string[],
  signal: AbortSignal,
): Promise<readonly KnownResource[]> {
  try {
    const ignores = await readProgramIgnores(stack, signal);
    return resources.map((one) => ({ ...one, ignoreChanges: ignores.get(one.urn) ?? one.ignoreChanges }));
  } catch (error) {
    signal.throwIfAborted();
    errors.push(`the program's ignoreChanges cannot be told: ${commandErrorText(error)}`);
    return resources;
  }
}

/** Other providers may have put a secret into a message. */
function redacted(resource: ResourceDrift, redactor: Redactor): ResourceDrift {
  const { reason, differences, ignored } = resource;
  return {
    ...resource,
    ...(reason === undefined ? {} : { reason: redactor.redact(reason) }),
    differences: redactTexts(differences, redactor),
    ignored: redactTexts(ignored, redactor),
  };
}

async function projectOf(stack: Stack): Promise<string> {
  return (await stack.workspace.projectSettings()).name;
}
