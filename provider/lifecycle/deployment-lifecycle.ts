/** The lifecycle of a deployment, as hosts call it. */
import { previewCost } from "../cost/preview";
import type { ResourceKind } from "../resources/resource-kind";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { importDeployment } from "./import";
import { parseImportIdentifier } from "./import-identifier";
import { importNotes } from "./import-notes";
import { knownDeployment } from "./known-deployment";
import { preview, stableOutputs } from "./preview";
import type { ProviderCall } from "./provider-call";
import { read } from "./read";
import type { Imported, LifecycleCall, Planned, ResourceLifecycle } from "./resource-lifecycle";
import { update } from "./update";

export function deploymentLifecycle(kind: ResourceKind): ResourceLifecycle {
  return {
    name: kind.name,
    secretPaths: kind.platforms.flatMap((platform) => platform.secretPaths.map((path) => kind.pathOf(platform, path))),
    check: (inputs, connections, isNew) => check(kind, inputs, connections, isNew),
    diff: (state, inputs) => diff(kind, state, inputs),
    preview: (inputs, connections, state) => preview(kind, inputs, connections, state),
    stableOutputs: (state) => stableOutputs(kind, state),
    tellCosts: (call, planned) => tellCosts(kind, call, planned),
    create: (call, inputs) => create({ ...call, kind }, inputs),
    read: (call, id, state) => read({ ...call, kind }, id, state),
    import: (call, text) => imported({ ...call, kind }, text),
    update: (call, id, state, inputs) => update({ ...call, kind }, id, state, inputs),
    delete: (call, id, state) => remove({ ...call, kind }, id, state),
  };
}

/** @throws ProviderError above `maxUsdPerHour`; what cannot be known fails no preview. */
async function tellCosts(
  kind: ResourceKind,
  call: LifecycleCall,
  { inputs, before, overlaps }: Planned,
): Promise<void> {
  const block = kind.blockOf(inputs);
  if (block === undefined) return;
  const connection = call.connections.connect(block.platform);
  await previewCost(call, { connection, inputs, block, before: before && kind.blockOf(before), overlaps });
}

async function imported(call: ProviderCall, text: string): Promise<Imported> {
  const { id, given } = parseImportIdentifier(text);
  const { connection } = knownDeployment(call, id, {});
  const result = await importDeployment(call, id, given);
  importNotes(result, connection).forEach((note) => call.log.info(note));
  return result;
}
