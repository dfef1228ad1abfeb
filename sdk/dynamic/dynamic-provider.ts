/** Pulumi's dynamic provider interface, on top of the core. No rule of ours lives here. */
import type * as pulumi from "@pulumi/pulumi";
import { createConnections } from "../../provider/connection/connection";
import type { Connections } from "../../provider/connection/connection";
import { InitializationError, ProviderError } from "../../provider/errors";
import { openIntentRecord } from "../../provider/intent/intent-folder";
import { forgetSaved, noIntentRecord } from "../../provider/intent/intent";
import type { IntentRecord } from "../../provider/intent/intent";
import { check } from "../../provider/lifecycle/check";
import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import { diff } from "../../provider/lifecycle/diff";
import { hold } from "../../provider/lifecycle/holders";
import { withNextStep } from "../../provider/lifecycle/next-step";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { read } from "../../provider/lifecycle/read";
import { update } from "../../provider/lifecycle/update";
import type { Properties, ResourceKind } from "../../provider/resources/resource-kind";
import { systemClock } from "../../provider/wait/clock";
import { cancelled, currentCall, nameChanges } from "./call-hook";
import { createEngineLog } from "./engine-log";
import { explicitProviderKey, namespace } from "../provider-keys";
import { withWireSecrets } from "./wire-secrets";

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
    check: (olds: Properties, news: Properties) => checked(kind, olds, news),
    diff: async (id, olds: Properties, news: Properties) => {
      await forgetIntent(id);
      const { changes, replaces, deleteBeforeReplace, properties } = diff(kind, olds, news);
      if (replaces.length === 0) hold({ connections: connections(), urn: currentCall()?.urn }, id);
      nameChanges(properties.map(({ path }) => path));
      return { changes, replaces: topLevel(replaces), deleteBeforeReplace };
    },
    create: (inputs: Properties) =>
      within(kind, "create", undefined, inputs, async (call) => {
        const { id, state } = await create(call, inputs);
        return { id, outs: outgoing(kind, state) };
      }),
    read: (id, properties: Properties | undefined) =>
      within(kind, undefined, id, properties, async (call) => {
        const found = await read(call, id, properties ?? {});
        // An empty id tells the engine that the resource is gone.
        if (found === undefined) return { id: "", props: {} };
        const hidden = savedTimeouts(properties);
        return {
          id,
          props: outgoing(kind, { ...found.state, ...hidden }),
          inputs: outgoing(kind, { ...found.inputs, ...hidden }),
        };
      }),
    update: (id, olds: Properties, news: Properties) =>
      within(kind, "update", id, news, async (call) => {
        return { outs: outgoing(kind, await update(call, id, olds, news)) };
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

async function checked(kind: ResourceKind, olds: Properties, inputs: Properties): Promise<pulumi.dynamic.CheckResult> {
  const isNew = Object.keys(olds).length === 0;
  const { failures, warnings, notes } = check(kind, inputs, connections(), isNew);
  const log = createEngineLog(currentCall()?.urn);
  warnings.forEach((warning) => log.warn(warning));
  notes.forEach((note) => log.info(note));
  await log.flush();
  // Without a property's name: the engine would print the property's value beside it, secret or not.
  return { inputs, failures: failures.map((reason) => ({ property: "", reason })) };
}

/** Runs one call of the core, and turns its failures into what the host and the engine understand. */
async function within<Result>(
  kind: ResourceKind,
  operation: Operation | undefined,
  id: string | undefined,
  properties: Properties | undefined,
  run: (call: ProviderCall) => Promise<Result>,
): Promise<Result> {
  const engineCall = currentCall();
  const log = createEngineLog(engineCall?.urn, id);
  try {
    if (id !== undefined) await forgetIntent(id);
    return await run({
      kind,
      urn: engineCall?.urn,
      connections: connections(),
      log,
      intent: intentRecord(),
      signal: cancelled,
      timeoutSeconds: engineCall?.timeoutSeconds ?? (operation && savedTimeouts(properties).__timeouts?.[operation]),
      clock: systemClock,
    });
  } catch (error) {
    throw outgoingError(kind, error, properties ?? {});
  } finally {
    await log.flush();
  }
}

function intentRecord(): IntentRecord {
  const urn = currentCall()?.urn;
  if (urn === undefined) return noIntentRecord;
  return openIntentRecord(urn, { project: process.cwd(), environment: process.env });
}

/** The engine knows the id, so that it has saved it. */
function forgetIntent(id: string): Promise<void> {
  return forgetSaved(intentRecord(), id.slice(id.indexOf("/") + 1));
}

interface SavedTimeouts {
  __timeouts?: Partial<Record<Operation, number>>;
}

/** The copy of `customTimeouts` in the inputs, for calls that the hook does not cover. */
function savedTimeouts({ __timeouts }: SavedTimeouts = {}): SavedTimeouts {
  return __timeouts === undefined ? {} : { __timeouts };
}

/**
 * An error that was expected has a message that says it all: its stack would only be noise in the
 * terminal. An error with an id must carry `__provider`, or the resource can never be read or
 * deleted again.
 */
function outgoingError(kind: ResourceKind, error: unknown, properties: Properties): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof ProviderError) error.stack = "";
  if (!(error instanceof InitializationError)) {
    error.message = withNextStep(error);
    return error;
  }
  const { message, id, reasons } = error;
  const kept = outgoing(kind, { ...error.properties, __provider: properties["__provider"] });
  return Object.assign(new Error(message), { id, properties: kept, reasons });
}

/** Secret inputs as the engine takes them, so that they are encrypted in state. */
function outgoing(kind: ResourceKind, properties: Properties): Properties {
  const paths = kind.platforms.flatMap((platform) => platform.secretPaths.map((path) => kind.pathOf(platform, path)));
  return withWireSecrets(properties, paths);
}

/** The engine knows top-level properties only. */
function topLevel(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split(".")[0] ?? path))];
}
