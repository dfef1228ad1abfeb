/** A resource that is nothing but a wait: for many deployments, in one step of the engine. */
import { unknownValue } from "../inputs/unknown";
import type { ResourceLifecycle } from "../lifecycle/resource-lifecycle";
import { check } from "./check";
import { diff } from "./diff";
import { notFromAnId } from "./members";

/** See there. */
const operations = () => import("./operations");

export const readiness: ResourceLifecycle = {
  name: "Readiness",
  secretPaths: [],
  check,
  diff,
  // It ends in one way alone, or fails.
  preview: (inputs) => ({ ...inputs, endpoints: unknownValue, statuses: unknownValue, ready: true }),
  stableOutputs: () => [],
  tellCosts: () => Promise.resolve(),
  create: async (call, inputs) => (await operations()).create(call, inputs),
  read: async (call, _id, state) => (await operations()).read(call, state),
  import: () => Promise.reject(notFromAnId()),
  update: async (call, id, state, inputs) => (await operations()).update(call, id, state, inputs),
  // Nothing of it is on any platform.
  delete: () => Promise.resolve(),
};
