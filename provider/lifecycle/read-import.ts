/** Import: a deployment that exists, with the inputs of a program that would change nothing about it. */
import { ProviderError } from "../errors";
import type { Snapshot } from "../platform";
import { isRecord } from "../resources/resource-kind";
import type { Block, Properties } from "../resources/resource-kind";
import { parseImportId } from "./import-id";
import { knownDeployment } from "./known-deployment";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import type { ReadResult } from "./read";
import { toState, withoutUndefined } from "./state";

export interface ImportResult extends ReadResult {
  /** Without the inputs that an import's id may carry. */
  id: string;
}

/**
 * @param importId see `import-id`.
 * @returns undefined when there is no such deployment.
 * @throws ProviderError with what the platform does not tell and the id has to.
 */
export async function readImport(call: ProviderCall, importId: string): Promise<ImportResult | undefined> {
  const { id, inputs: given } = parseImportId(importId);
  const { connection, reference } = knownDeployment(call, id, {});
  const { platform, adapter, redactor } = connection;
  const snapshot = await adapter.observe(reference, undefined, lendCall(call, connection, undefined));
  if (snapshot.phase === "gone") return undefined;
  const block: Block = { platform, inputs: merge(reportedInputs(snapshot), given) };
  requireComplete(call, block, id);
  const inputs: Properties = call.kind.withBlock({}, block);
  // What the id tells may be seen by the adapter, as the address of a model on Kore.ai.
  const seen = await adapter.observe(reference, block.inputs, lendCall(call, connection, block.inputs));
  return { id, inputs, state: toState(inputs, block, reference, seen, redactor) };
}

/** Empty lists and maps say the same as none. */
function reportedInputs({ immutable, configuration }: Snapshot): Record<string, unknown> {
  const reported = withoutUndefined({ ...immutable, ...configuration });
  return withoutEmpty(reported) as Record<string, unknown>;
}

function withoutEmpty(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withoutEmpty(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => !isEmpty(item)));
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || (Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0)
  );
}

function requireComplete({ kind }: ProviderCall, { platform, inputs }: Block, id: string): void {
  const { problems } = platform.load().rules.check(inputs);
  const [first] = problems;
  if (first === undefined) return;
  const list = problems.map(({ path, message }) => `${kind.pathOf(platform, path)}: ${message}`).join("; ");
  throw new ProviderError(
    `${platform.title} does not tell all inputs of this deployment, and the id has to (${list}); add them to it, as in \`${id}?${first.path}=…\``,
  );
}

/** Deep, with lists as values. */
function merge(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = under[key];
    merged[key] = isRecord(value) && isRecord(below) ? merge(below, value) : value;
  }
  return merged;
}
