/** The core as a host would drive it, against the simulator, without an engine. */
import { createConnections, type Connections } from "../../provider/connection/connection";
import { noIntentRecord } from "../../provider/intent/intent";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import type { Clock } from "../../provider/wait/clock";
import { startSimulator, type Simulator } from "../../simulator";
import type { ContractCase } from "./cases";

export interface ContractAccount {
  simulator: Simulator;
  /**
   * Connections to the same account as those of the calls.
   *
   * @param clock by which what reads share grows old.
   */
  connectAnew(more?: Record<string, string>, clock?: Clock): Connections;
  /** Everything that was said, to search it for secrets. */
  lines: string[];
  call(overrides?: Partial<ProviderCall>): ProviderCall;
}

/** Hours of waiting pass in seconds: the loop's time runs this much faster than the simulator's. */
const speed = 50;

const fastClock: Clock = {
  now: () => performance.now() * speed,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms / speed);
      signal.addEventListener("abort", end);
    }),
  every(ms, tick) {
    const timer = setInterval(tick, ms / speed);
    return () => clearInterval(timer);
  },
};

export async function openAccount(contract: ContractCase, readyAfterMs = 60): Promise<ContractAccount> {
  const simulator = await startSimulator({ readyAfterMs, scenario: contract.scenario });
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const connectAnew = (more: Record<string, string> = {}, clock = fastClock): Connections =>
    createConnections(
      {
        ...{ config: () => undefined, explicit: false },
        environment: { ...simulator.environment(), PULUMI_INFERENCE_REQUESTS_PER_SECOND: "100000", ...more },
      },
      { retries: 5, throttledRetries: 5, firstWaitMs: 5, longestWaitMs: 20, longestRetryAfterMs: 50 },
      clock,
    );
  const connections = connectAnew();

  return {
    simulator,
    lines,
    connectAnew,
    call: (overrides = {}) => ({
      kind: contract.kind,
      connections,
      log: { status: say, info: say, warn: say },
      intent: noIntentRecord,
      signal: new AbortController().signal,
      timeoutSeconds: 300,
      clock: fastClock,
      ...overrides,
    }),
  };
}
