/** What a preview tells of costs, in the resource's own row. */
import { runCall } from "../host/host-call";
import type { Planned, ResourceLifecycle } from "../provider/lifecycle/resource-lifecycle";
import { account } from "./account";

/** @throws ProviderError above `maxUsdPerHour`; what cannot be known fails no preview. */
export async function tellCosts(resource: ResourceLifecycle, urn: string, planned: Planned): Promise<void> {
  await runCall({ resource, connections: account(), urn }, undefined, undefined, (call) =>
    resource.tellCosts(call, planned),
  );
}
