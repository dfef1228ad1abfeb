/** A resource that is nothing but a wait: for many deployments, in one step of the engine. */
import { unknownValue } from "../inputs/unknown";
import type { LifecycleCall, ResourceLifecycle } from "../lifecycle/resource-lifecycle";
import { check } from "./check";
import { diff } from "./diff";
import { membersOf, notFromAnId, withKnownDetails } from "./members";
import { settled } from "./outcome";
import { read } from "./read";
import { waitForAll } from "./wait-for-all";

export const readiness: ResourceLifecycle = {
  name: "Readiness",
  secretPaths: [],
  check,
  diff,
  // It ends in one way alone, or fails.
  preview: (inputs) => ({ ...inputs, endpoints: unknownValue, statuses: unknownValue, ready: true }),
  stableOutputs: () => [],
  tellCosts: () => Promise.resolve(),
  async create(call, inputs) {
    const id = `readiness/${nameOf(call)}`;
    return { id, state: settled(id, inputs, await waitForAll(call, membersOf(inputs))) };
  },
  read: (call, _id, state) => read(call, state),
  import: () => Promise.reject(notFromAnId()),
  async update(call, id, state, inputs) {
    const members = withKnownDetails(membersOf(inputs), membersOf(state));
    return settled(id, inputs, await waitForAll(call, members));
  },
  // Nothing of it is on any platform.
  delete: () => Promise.resolve(),
};

/** The resource's name, where the host knows it; nobody looks anything up by it. */
function nameOf({ urn }: LifecycleCall): string {
  return urn?.split("::").at(-1) ?? "deployments";
}
