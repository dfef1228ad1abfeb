/** The lifecycle of a deployment, as hosts call it. */
import type { ResourceKind } from "../resources/resource-kind";
import { check } from "./check";
import { diff } from "./diff";
import { preview, stableOutputs } from "./preview";
import type { ResourceLifecycle } from "./resource-lifecycle";

/** See there. */
const operations = () => import("./operations");

export function deploymentLifecycle(kind: ResourceKind): ResourceLifecycle {
  return {
    name: kind.name,
    secretPaths: kind.platforms.flatMap((platform) => platform.secretPaths.map((path) => kind.pathOf(platform, path))),
    check: (inputs, connections, isNew) => check(kind, inputs, connections, isNew),
    diff: (state, inputs) => diff(kind, state, inputs),
    preview: (inputs, connections, state) => preview(kind, inputs, connections, state),
    stableOutputs: (state) => stableOutputs(kind, state),
    tellCosts: async (call, planned) => (await operations()).tellCosts(kind, call, planned),
    create: async (call, inputs) => (await operations()).create({ ...call, kind }, inputs),
    read: async (call, id, state) => (await operations()).read({ ...call, kind }, id, state),
    import: async (call, text) => (await operations()).importByText({ ...call, kind }, text),
    update: async (call, id, state, inputs) => (await operations()).update({ ...call, kind }, id, state, inputs),
    delete: async (call, id, state) => (await operations()).remove({ ...call, kind }, id, state),
  };
}
