/** Time, so that tests can bring their own. */
import { setTimeout as delay } from "node:timers/promises";

export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Resolves after the time, or as soon as the signal is aborted. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls `tick` again and again. @returns the function that stops it. */
  every(ms: number, tick: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
  every(ms, tick) {
    const timer = setInterval(tick, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
