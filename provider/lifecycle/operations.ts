/** What asks a platform. Loaded by the first call that does: a check, a diff and a preview of the inputs do not. */
import { previewCost } from "../cost/preview";
import type { ResourceKind } from "../resources/resource-kind";
import { importDeployment } from "./import";
import { parseImportIdentifier } from "./import-identifier";
import { importNotes } from "./import-notes";
import { knownDeployment } from "./known-deployment";
import type { ProviderCall } from "./provider-call";
import type { Imported, LifecycleCall, Planned } from "./resource-lifecycle";

export { create } from "./create";
export { remove } from "./delete";
export { read } from "./read";
export { update } from "./update";

/** @throws ProviderError above `maxUsdPerHour`; what cannot be known fails no preview. */
export async function tellCosts(
  kind: ResourceKind,
  call: LifecycleCall,
  { inputs, before, overlaps }: Planned,
): Promise<void> {
  const block = kind.blockOf(inputs);
  if (block === undefined) return;
  const connection = call.connections.connect(block.platform);
  await previewCost(call, { connection, inputs, block, before: before && kind.blockOf(before), overlaps });
}

export async function importByText(call: ProviderCall, text: string): Promise<Imported> {
  const { id, given } = parseImportIdentifier(text);
  const { connection } = knownDeployment(call, id, {});
  const result = await importDeployment(call, id, given);
  importNotes(result, connection).forEach((note) => call.log.info(note));
  return result;
}
