/** Pulumi's dynamic provider interface, on top of the core. No rule of ours lives here. */
import type * as pulumi from "@pulumi/pulumi";
import { checkInputs, diffInputs, runCall, topLevel } from "../../host/host-call";
import type { HostCall } from "../../host/host-call";
import { withSecretInputs } from "../../host/wire-secrets";
import { createConnections } from "../../provider/connection/connection";
import type { Connections } from "../../provider/connection/connection";
import { InitializationError } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { Properties, ResourceKind } from "../../provider/resources/resource-kind";
import { currentCall, nameChanges } from "./call-hook";
import { explicitProviderKey, namespace } from "../provider-keys";

type Operation = "create" | "update" | "delete";

/**
 * One process serves one provider instance, and its two kinds of resources share one account each:
 * one HTTP pool. The host configures each kind, with the same config.
 */
let shared: Connections | undefined;

export function createDynamicProvider(kind: ResourceKind): pulumi.dynamic.ResourceProvider {
  return {
    // Must not wait for anything: the host hands out a provider before its configure has resolved.
    configure: (request) => {
      shared ??= connectionsFrom(request.config);
      return Promise.resolve();
    },
    async check(olds: Properties, inputs: Properties) {
      const failures = await checkInputs(hostCall(kind), olds, inputs);
      // Without a property's name: the engine would print the property's value beside it, secret or not.
      return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
    },
    async diff(id, olds: Properties, news: Properties) {
      const { changes, replaces, deleteBeforeReplace, properties } = await diffInputs(hostCall(kind), id, olds, news);
      nameChanges(properties.map(({ path }) => path));
      return { changes, replaces: topLevel(replaces), deleteBeforeReplace };
    },
    create: (inputs: Properties) =>
      within(kind, "create", undefined, inputs, async (call) => {
        const { id, state } = await create(call, inputs);
        return { id, outs: withSecretInputs(kind, state) };
      }),
    read: (id, properties: Properties | undefined) =>
      within(kind, undefined, id, properties, async (call) => {
        const found = await read(call, id, properties ?? {});
        // An empty id tells the engine that the resource is gone.
        if (found === undefined) return { id: "", props: {} };
        const hidden = savedTimeouts(properties);
        return {
          id,
          props: withSecretInputs(kind, { ...found.state, ...hidden }),
          inputs: withSecretInputs(kind, { ...found.inputs, ...hidden }),
        };
      }),
    update: (id, olds: Properties, news: Properties) =>
      within(kind, "update", id, news, async (call) => {
        return { outs: withSecretInputs(kind, await update(call, id, olds, news)) };
      }),
    delete: (id, properties: Properties) =>
      within(kind, "delete", id, properties, (call) => remove(call, id, properties)),
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

function hostCall(kind: ResourceKind): HostCall {
  return { kind, connections: connections(), urn: currentCall()?.urn };
}

/** Runs one call of the core; what keeps a resource in state carries what loads its provider. */
async function within<Result>(
  kind: ResourceKind,
  operation: Operation | undefined,
  id: string | undefined,
  properties: Properties | undefined,
  run: (call: ProviderCall) => Promise<Result>,
): Promise<Result> {
  const timeoutSeconds =
    currentCall()?.timeoutSeconds ?? (operation && savedTimeouts(properties).__timeouts?.[operation]);
  try {
    return await runCall(hostCall(kind), id, timeoutSeconds, run);
  } catch (error) {
    throw error instanceof InitializationError ? keptError(kind, error, properties ?? {}) : error;
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
function keptError(kind: ResourceKind, error: InitializationError, { __provider }: Properties): Error {
  const { message, id, reasons } = error;
  const properties = withSecretInputs(kind, { ...error.properties, __provider });
  return Object.assign(new Error(message), { id, properties, reasons });
}
