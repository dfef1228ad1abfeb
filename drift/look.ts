/** One look at resources, by the events of Pulumi's preview of a refresh. */
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { commandErrorText, lastWord, plainText } from "./command-error";
import type { KnownResource } from "./known-resources";
import { masked, maskedAs } from "./masked";
import type { Observation, Sighting } from "./observation";

export interface LookOptions {
  runProgram: boolean;
  /** Looks at the given resources alone, and not at all of the stack. */
  targeted: boolean;
  parallel?: number;
  signal?: AbortSignal;
}

export interface Look {
  /** One for each of the resources. */
  observations: Observation[];
  /** What concerns none of them. */
  errors: string[];
  /** Those to which Pulumi did not come. */
  missed: readonly KnownResource[];
}

/** Resolves whatever happens, but rejects when the signal is aborted. */
export async function look(stack: Stack, resources: readonly KnownResource[], options: LookOptions): Promise<Look> {
  if (resources.length === 0) return { observations: [], errors: [], missed: [] };
  const events: EngineEvent[] = [];
  const failure = await refresh(stack, resources, options, (event) => events.push(event));
  options.signal?.throwIfAborted();
  const seen = seenIn(events);
  const known = new Set(resources.map(({ urn }) => urn));
  const others = [...seen.errors].filter(([urn]) => !known.has(urn)).map(([, message]) => message);
  const missed = resources.filter(({ urn }) => !seen.steps.has(urn) && !seen.errors.has(urn));
  const errors = [...seen.general, ...others];
  // It did not even begin: its own words are all that there is.
  if (missed.length === resources.length && errors.length === 0) errors.push(reasonOf(failure));
  return { observations: resources.map((resource) => observationOf(resource, seen, failure)), errors, missed };
}

/** A resource that cannot be read makes the engine fail in the end, after it has told all that it saw. */
async function refresh(
  stack: Stack,
  resources: readonly KnownResource[],
  { runProgram, targeted, parallel, signal }: LookOptions,
  onEvent: (event: EngineEvent) => void,
): Promise<unknown> {
  try {
    await stack.previewRefresh({
      onEvent,
      runProgram,
      color: "never",
      ...(targeted ? { target: resources.map(({ urn }) => urn) } : {}),
      ...(parallel === undefined ? {} : { parallel }),
      ...(signal === undefined ? {} : { signal }),
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

type Step = NonNullable<EngineEvent["resOutputsEvent"]>["metadata"];
/** Null where there is nothing, whatever the SDK's types say. */
type MaybeState = Step["old"] | null;

interface Seen {
  steps: Map<string, Step>;
  errors: Map<string, string>;
  /** Errors of no resource. */
  general: string[];
}

function seenIn(events: readonly EngineEvent[]): Seen {
  const seen: Seen = { steps: new Map(), errors: new Map(), general: [] };
  for (const { resOutputsEvent, diagnosticEvent } of events) {
    const step = resOutputsEvent?.metadata;
    // Where the program runs, what it does with the resource follows: one that is gone is then `same`.
    if (step !== undefined && step.old?.delete !== true && !seen.steps.has(step.urn)) seen.steps.set(step.urn, step);
    if (diagnosticEvent?.severity !== "error") continue;
    const message = plainText(diagnosticEvent.message);
    if (diagnosticEvent.urn !== undefined) seen.errors.set(diagnosticEvent.urn, message);
    else if (!lastWord.test(message)) seen.general.push(message);
  }
  return seen;
}

function observationOf(resource: KnownResource, { steps, errors }: Seen, failure: unknown): Observation {
  const { urn, type, id, ignoreChanges } = resource;
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  const step = steps.get(urn);
  const [old, live]: MaybeState[] = [step?.old, step?.new];
  const error = errors.get(urn) ?? (step === undefined ? unseen(failure) : undefined);
  return {
    urn,
    name,
    type,
    id,
    known: sightingOf(old, live),
    ...(live === undefined || live === null ? {} : { live: sightingOf(live, old) }),
    differs: step !== undefined && step.op !== "same",
    changedPaths: [...new Set([...(step?.diffs ?? []), ...Object.keys(step?.detailedDiff ?? {})])],
    ignoreChanges,
    initErrors: live?.initErrors ?? [],
    ...(error === undefined ? {} : { error }),
  };
}

function sightingOf(state: MaybeState, counterpart: MaybeState): Sighting {
  const part = (key: "inputs" | "outputs"): Record<string, unknown> =>
    maskedAs(masked(state?.[key] ?? {}), masked(counterpart?.[key])) as Record<string, unknown>;
  return { inputs: part("inputs"), outputs: part("outputs") };
}

function unseen(failure: unknown): string {
  return `Pulumi did not come to look at it: ${reasonOf(failure)}`;
}

function reasonOf(failure: unknown): string {
  return failure === undefined ? "its refresh ended without a word of it" : commandErrorText(failure);
}
