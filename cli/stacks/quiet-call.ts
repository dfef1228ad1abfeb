/** Calls of the core without an engine around it. */
import { createConnections } from "../../provider/connection/connection";
import type { Connection, Connections } from "../../provider/connection/connection";
import { defaultRetryPolicy } from "../../provider/http/retry";
import { noIntentRecord } from "../../provider/intent/intent";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { liveDeployment } from "../../provider/resources/live-deployment";
import { modelDeployment } from "../../provider/resources/model-deployment";
import { systemClock } from "../../provider/wait/clock";
import type { SavedSettings } from "./exported-state";

/** Somebody waits for the answer: an account that does not answer is told of within seconds. */
const retry = { ...defaultRetryPolicy, retries: 3 };

/** @param explicit whether the settings are those of an explicit `Provider`, and not the stack's config. */
export function connectionsWith(
  { values }: SavedSettings,
  explicit: boolean,
  environment: NodeJS.ProcessEnv,
): Connections {
  return createConnections({ config: (key) => values[key], explicit, environment }, retry);
}

export function quietCall(connection: Connection, signal: AbortSignal): ProviderCall {
  const silence = (): void => {};
  return {
    kind: modelDeployment.platforms.includes(connection.platform) ? modelDeployment : liveDeployment,
    connections: {
      settings: () => connection.settings,
      redactor: () => connection.redactor,
      connect: () => connection,
      holders: new Map(),
    },
    log: { status: silence, info: silence, warn: silence },
    intent: noIntentRecord,
    signal,
    timeoutSeconds: undefined,
    clock: systemClock,
  };
}
