/** What a preview tells of costs, in the resource's own row. */
import { runCall } from "../host/host-call";
import { previewCost } from "../provider/cost/preview";
import type { Properties, ResourceKind } from "../provider/resources/resource-kind";
import { account } from "./account";

export interface Planned {
  kind: ResourceKind;
  urn: string;
  inputs: Properties;
  /** State of the deployment that is changed, or replaced. */
  before: Properties | undefined;
  overlaps: boolean;
}

/** @throws ProviderError above `maxUsdPerHour`; what cannot be known fails no preview. */
export async function tellCosts({ kind, urn, inputs, before, overlaps }: Planned): Promise<void> {
  const block = kind.blockOf(inputs);
  if (block === undefined) return;
  await runCall({ kind, connections: account(), urn }, undefined, undefined, async (call) => {
    const connection = call.connections.connect(block.platform);
    await previewCost(call, { connection, inputs, block, before: before && kind.blockOf(before), overlaps });
  });
}
