/** Pulumi's dynamic provider interface, on top of the core. No rule of ours lives here. */
import type * as pulumi from "@pulumi/pulumi";
import { checkInputs, diffInputs, runCall, topLevel } from "../../host/host-call";
import type { HostCall } from "../../host/host-call";
import { withWireSecrets } from "../../host/wire-secrets";
import { createConnections } from "../../provider/connection/connection";
import type { Connections } from "../../provider/connection/connection";
import { InitializationError } from "../../provider/errors";
import type { LifecycleCall, ResourceLifecycle } from "../../provider/lifecycle/resource-lifecycle";
import type { Properties } from "../../provider/resources/resource-kind";
import { currentCall, nameChanges } from "./call-hook";
import { explicitProviderKey, namespace } from "../provider-keys";

type Operation = "create" | "update" | "delete";

/**
 * One process serves one provider instance, and its resources share the accounts:
 * one HTTP pool for each. The host configures each kind of resource, with the same config.
 */
let shared: Connections | undefined;

export function createDynamicProvider(resource: ResourceLifecycle): pulumi.dynamic.ResourceProvider {
  const marked = (properties: Properties): Properties => withWireSecrets(properties, resource.secretPaths);
  return {
    // Must not wait for anything: the host hands out a provider before its configure has resolved.
    configure: (request) => {
      shared ??= connectionsFrom(request.config);
      return Promise.resolve();
    },
    async check(olds: Properties, inputs: Properties) {
      const failures = await checkInputs(hostCall(resource), olds, inputs);
      // Without a property's name: the engine would print the property's value beside it, secret or not.
      return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
    },
    async diff(id, olds: Properties, news: Properties) {
      const { changes, replaces, deleteBeforeReplace, properties } = await diffInputs(
        hostCall(resource),
        id,
        olds,
        news,
      );
      nameChanges(properties.map(({ path }) => path));
      return { changes, replaces: topLevel(replaces), deleteBeforeReplace };
    },
    create: (inputs: Properties) =>
      within(resource, "create", undefined, inputs, async (call) => {
        const { id, state } = await resource.create(call, inputs);
        return { id, outs: marked(state) };
      }),
    read: (id, properties: Properties | undefined) =>
      within(resource, undefined, id, properties, async (call) => {
        const found = await resource.read(call, id, properties ?? {});
        // An empty id tells the engine that the resource is gone.
        if (found === undefined) return { id: "", props: {} };
        const hidden = savedTimeouts(properties);
        return {
          id,
          props: marked({ ...found.state, ...hidden }),
          inputs: marked({ ...found.inputs, ...hidden }),
        };
      }),
    update: (id, olds: Properties, news: Properties) =>
      within(resource, "update", id, news, async (call) => {
        return { outs: marked(await resource.update(call, id, olds, news)) };
      }),
    delete: (id, properties: Properties) =>
      within(resource, "delete", id, properties, (call) => resource.delete(call, id, properties)),
  };
}

function connectionsFrom(config: pulumi.dynamic.Config): Connections {
  return createConnections({
    config: (key) => config.get(`${namespace}:${key}`),
    explicit: config.get(explicitProviderKey) === "true",
    environment: process.env,
  });
}

function connections(): Connections {
  if (shared === undefined) throw new Error("the dynamic provider was not configured");
  return shared;
}

function hostCall(resource: ResourceLifecycle): HostCall {
  return { resource, connections: connections(), urn: currentCall()?.urn };
}

/** Runs one call of the core; what keeps a resource in state carries what loads its provider. */
async function within<Result>(
  resource: ResourceLifecycle,
  operation: Operation | undefined,
  id: string | undefined,
  properties: Properties | undefined,
  run: (call: LifecycleCall) => Promise<Result>,
): Promise<Result> {
  const timeoutSeconds =
    currentCall()?.timeoutSeconds ?? (operation && savedTimeouts(properties).__timeouts?.[operation]);
  try {
    return await runCall(hostCall(resource), id, timeoutSeconds, run);
  } catch (error) {
    throw error instanceof InitializationError ? keptError(resource, error, properties ?? {}) : error;
  }
}

interface SavedTimeouts {
  __timeouts?: Partial<Record<Operation, number>>;
}

/** The copy of `customTimeouts` in the inputs, for calls that the hook does not cover. */
function savedTimeouts({ __timeouts }: SavedTimeouts = {}): SavedTimeouts {
  return __timeouts === undefined ? {} : { __timeouts };
}

/** Without `__provider`, the resource could never be read or deleted again. */
function keptError(resource: ResourceLifecycle, error: InitializationError, { __provider }: Properties): Error {
  const { message, id, reasons } = error;
  const properties = withWireSecrets({ ...error.properties, __provider }, resource.secretPaths);
  return Object.assign(new Error(message), { id, properties, reasons });
}
