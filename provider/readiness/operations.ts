/** What looks at platforms. Loaded by the first call that does. */
import type { CreateResult } from "../lifecycle/create";
import type { LifecycleCall } from "../lifecycle/resource-lifecycle";
import type { Properties } from "../resources/resource-kind";
import { membersOf, withKnownDetails } from "./members";
import { settled } from "./outcome";
import { waitForAll } from "./wait-for-all";

export { read } from "./read";

export async function create(call: LifecycleCall, inputs: Properties): Promise<CreateResult> {
  const id = `readiness/${nameOf(call)}`;
  return { id, state: settled(id, inputs, await waitForAll(call, membersOf(inputs))) };
}

export async function update(
  call: LifecycleCall,
  id: string,
  state: Properties,
  inputs: Properties,
): Promise<Properties> {
  const members = withKnownDetails(membersOf(inputs), membersOf(state));
  return settled(id, inputs, await waitForAll(call, members));
}

/** The resource's name, where the host knows it; nobody looks anything up by it. */
function nameOf({ urn }: LifecycleCall): string {
  return urn?.split("::").at(-1) ?? "deployments";
}
