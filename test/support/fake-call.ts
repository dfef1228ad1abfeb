/** A call of the core in a host of a few lines: no engine, a clock that does not run, lines that are kept. */
import { createConnections } from "../../provider/connection/connection";
import { noIntentRecord } from "../../provider/intent/intent";
import type { IntentRecord } from "../../provider/intent/intent";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { kindWithBlocks, type ResourceKind } from "../../provider/resources/resource-kind";
import { createFakeClock, type FakeClock } from "./fake-clock";
import { createFakePlatform, type FakePlatform } from "./fake-platform";

export const apiKey = "key-0123456789";

export interface FakeCall extends ProviderCall {
  platform: FakePlatform;
  clock: FakeClock;
  lines: { status: string[]; info: string[]; warn: string[] };
  /** What Ctrl-C does. */
  cancel(): void;
}

interface FakeCallOptions {
  platform?: FakePlatform;
  kind?: ResourceKind;
  timeoutSeconds?: number;
  intent?: IntentRecord;
  config?: Record<string, string>;
}

export function createFakeCall(options: FakeCallOptions = {}): FakeCall {
  const platform = options.platform ?? createFakePlatform();
  const config = options.config ?? { acmeApiKey: apiKey };
  const lines: FakeCall["lines"] = { status: [], info: [], warn: [] };
  const abort = new AbortController();
  return {
    platform,
    kind: options.kind ?? kindWithBlocks("ModelDeployment", [platform, createFakePlatform("zenith")]),
    connections: createConnections({ config: (key) => config[key], explicit: false, environment: {} }),
    log: {
      status: (line) => void lines.status.push(line),
      info: (line) => void lines.info.push(line),
      warn: (line) => void lines.warn.push(line),
    },
    intent: options.intent ?? noIntentRecord,
    signal: abort.signal,
    timeoutSeconds: options.timeoutSeconds,
    clock: createFakeClock(),
    lines,
    cancel: () => abort.abort(),
  };
}
