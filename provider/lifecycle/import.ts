/** Takes a deployment that no program has described yet into state, with the inputs that its platform tells. */
import type { Connection } from "../connection/connection";
import { ProviderError } from "../errors";
import { differences } from "../inputs/differences";
import { merge, valueAt, withValueAt } from "../inputs/nested";
import type { ChangeEffect, Problem, Snapshot } from "../platform";
import { isRecord } from "../resources/resource-kind";
import type { Block, Properties } from "../resources/resource-kind";
import { registerSecrets } from "./block-secrets";
import { diff } from "./diff";
import { formatIdentifier } from "./identifier";
import { knownDeployment } from "./known-deployment";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import { redactTexts, toState, withGeneration } from "./state";

export interface ImportResult {
  id: string;
  /** Inputs that a program can name as they are: a check passes, and a diff finds no change of them. */
  inputs: Properties;
  state: Properties;
  /** Paths of inputs that the platform does not tell and nobody has given, and what naming one later does. */
  untold: { path: string; effect: ChangeEffect }[];
  /** What has to be known of the deployment, as sentences. */
  notes: string[];
}

/**
 * @param id `<platform>/<the platform's own id>`.
 * @param given inputs of the platform's block that are known otherwise.
 * @throws ProviderError when there is no such deployment, or when required inputs are not known.
 */
export async function importDeployment(
  call: ProviderCall,
  id: string,
  given: Record<string, unknown>,
): Promise<ImportResult> {
  const { connection, reference } = knownDeployment(call, id, {});
  const { platform, adapter, redactor } = connection;
  refuseSecrets(call, connection, given);
  const lent = lendCall(call, connection, undefined);
  const first = alive(connection, reference.deploymentId, await adapter.observe(reference, undefined, lent));
  const told = (await adapter.describe?.(reference, lent)) ?? { ...first.immutable, ...first.configuration };
  const { inputs, dropped } = inputsFrom(call, connection, redactTexts(told, redactor), given);

  const block: Block = { platform, inputs };
  registerSecrets(connection, block);
  // Some of the outputs, and what a snapshot means, follow from the inputs.
  const observed = await adapter.observe(reference, inputs, lendCall(call, connection, inputs));
  const properties = call.kind.withBlock({}, block);
  const snapshot = alive(connection, reference.deploymentId, observed);
  const state = withGeneration(toState(properties, block, reference, snapshot, redactor), 1);
  return {
    id: formatIdentifier(platform.id, reference.deploymentId),
    inputs: properties,
    state,
    untold: untoldInputs(call, connection, inputs),
    notes: [...dropped, ...notesOn(call, connection, state, properties)],
  };
}

/** The program's next run puts it into the state, encrypted; an import would have to be told it in the clear. */
function refuseSecrets(call: ProviderCall, { platform }: Connection, given: Record<string, unknown>): void {
  const path = platform.secretPaths.find((one) => valueAt(given, one.split(".")) !== undefined);
  if (path === undefined) return;
  const name = call.kind.pathOf(platform, path);
  throw new ProviderError(
    `${name} is secret, and no part of an import; leave it out, and name it in the program afterwards, which changes the state alone`,
  );
}

function alive({ platform, redactor }: Connection, deploymentId: string, snapshot: Snapshot): Snapshot {
  const { phase, reason = "" } = snapshot;
  if (phase === "gone") throw new ProviderError(`${platform.title}: there is no deployment ${deploymentId} to import`);
  if (phase !== "failed") return snapshot;
  const why = reason === "" ? "" : ` (${redactor.redact(reason)})`;
  throw new ProviderError(
    `${platform.title}: deployment ${deploymentId} is failed${why}, so that \`pulumi up\` would replace it; remove it, and let the program make a new one`,
  );
}

/** What the platform tells and this package understands, and what is given. */
function inputsFrom(
  call: ProviderCall,
  connection: Connection,
  reported: Record<string, unknown>,
  given: Record<string, unknown>,
): { inputs: Record<string, unknown>; dropped: string[] } {
  const { platform, implementation } = connection;
  const told = withoutEmpty(reported);
  const wrong = implementation.rules
    .check(told)
    .problems.filter(({ path }) => valueAt(told, segmentsOf(path)) !== undefined);
  const usable = wrong.reduce((inputs, { path }) => withValueAt(inputs, segmentsOf(path), undefined), told);
  const inputs = merge(usable, given);
  const { problems } = implementation.rules.check(inputs);
  if (problems.length > 0) throw incomplete(call, connection, problems);
  refuseContradictions(call, connection, usable, given);
  const dropped = wrong.map(({ path }) => {
    return `${platform.title} tells ${call.kind.pathOf(platform, path)} in a way that is not understood: it is left out`;
  });
  return { inputs, dropped };
}

/** An item of a list is taken for the list. */
function segmentsOf(path: string): string[] {
  return path.replace(/\[.*$/, "").split(".");
}

/** Empty lists and maps mean the same as none, on every platform. */
function withoutEmpty(values: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(values).map(([key, value]) => [key, isRecord(value) ? withoutEmpty(value) : value]);
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value))) as Record<string, unknown>;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || (isRecord(value) && Object.keys(value).length === 0);
}

function refuseContradictions(
  call: ProviderCall,
  { platform, implementation, redactor }: Connection,
  told: Record<string, unknown>,
  given: Record<string, unknown>,
): void {
  const { rules } = implementation;
  const contradictions = differences(rules.canonical(told), rules.canonical(merge(told, given)))
    .filter(({ segments }) => valueAt(told, segments) !== undefined)
    .map(({ path, from, to }) => {
      const name = call.kind.pathOf(platform, path);
      return `${name} is ${JSON.stringify(from)} there, and ${JSON.stringify(to)} was given`;
    });
  if (contradictions.length === 0) return;
  throw new ProviderError(
    redactor.redact(`${contradictions.join("; ")}; leave out what ${platform.title} tells itself`),
  );
}

function incomplete(call: ProviderCall, { platform }: Connection, problems: readonly Problem[]): ProviderError {
  const list = problems.map(({ path, message }) => `${call.kind.pathOf(platform, path)} ${message}`).join("; ");
  return new ProviderError(
    `with what ${platform.title} tells and what was given, the inputs are not complete: ${list}; give what it does not tell behind the id, as in \`${platform.id}/<id>?name=value\``,
  );
}

function untoldInputs(
  call: ProviderCall,
  { platform, implementation }: Connection,
  inputs: Record<string, unknown>,
): ImportResult["untold"] {
  const { rules, untold = [] } = implementation;
  return untold
    .filter((path) => {
      const segments = path.split(".");
      return isRecord(valueAt(inputs, segments.slice(0, -1))) && valueAt(inputs, segments) === undefined;
    })
    .map((path) => ({ path: call.kind.pathOf(platform, path), effect: rules.effectOf(path) }));
}

function notesOn(
  call: ProviderCall,
  { platform, implementation }: Connection,
  state: Properties,
  inputs: Properties,
): string[] {
  const { repair } = diff(call.kind, state, inputs);
  const notes = implementation.cannotTell === undefined ? [] : [implementation.cannotTell];
  if (repair === "none") return notes;
  return [
    ...notes,
    `${platform.title} says that it is ${String(state["status"])}: the next \`pulumi up\` repairs that`,
  ];
}
