/** A provider's process as the small engine calls it. */
import type { CallError, ProviderProcess } from "../support/provider-process";
import type { KeptError, Provider } from "../support/small-engine";

type Calls = Pick<ProviderProcess, "check" | "diff" | "create" | "read" | "update" | "delete">;

/** @param timeoutSeconds read at each call; 0 for the provider's own. */
export function asProvider(calls: Calls, timeoutSeconds: () => number): Provider {
  const options = (urn: string) => ({ urn, timeoutSeconds: timeoutSeconds() });
  return {
    check: async (urn, olds, news) => {
      const { inputs, failures } = await calls.check(olds, news, options(urn));
      return { inputs, failures: failures.map(({ reason }) => reason) };
    },
    diff: async (urn, id, olds, news) => {
      const { changes, replaces, deleteBeforeReplace } = await calls.diff(id, olds, news, options(urn));
      return { changes: changes === "some", replaces: replaces.length > 0, deleteBeforeReplace };
    },
    create: async (urn, inputs) => {
      const { id, properties } = await calls.create(inputs, options(urn)).catch(keep);
      return { id, state: properties };
    },
    read: async (urn, id, state) => {
      const found = await calls.read(id, state, options(urn)).catch(keep);
      return found.id === "" ? undefined : { state: found.properties, inputs: found.inputs ?? state };
    },
    update: (urn, id, olds, news) => calls.update(id, olds, news, options(urn)).catch(keep),
    delete: (urn, id, state) => calls.delete(id, state, options(urn)),
  };
}

/** As the engine takes a failure that leaves the resource in state. */
function keep(error: CallError): never {
  const { initialization } = error;
  if (initialization === undefined) throw error;
  const { id, properties, reasons } = initialization;
  throw Object.assign(new Error(reasons.join("\n")), { id, properties }) satisfies KeptError;
}
