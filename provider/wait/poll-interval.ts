/** How long to wait between two looks. */
import type { PollPolicy } from "../platform";

/**
 * A share of the time already waited keeps the delay of a long wait small in proportion, and the
 * number of requests logarithmic; doubling would be slowest just when readiness is near.
 */
const shareOfElapsed = 0.05;
/** Keeps deployments that started together from asking together. */
const jitter = 0.2;

export function pollIntervalMs(policy: PollPolicy, elapsedMs: number, random: () => number = Math.random): number {
  const proportional = Math.min(policy.longestMs, Math.max(policy.shortestMs, elapsedMs * shareOfElapsed));
  return proportional * (1 - jitter / 2 + jitter * random());
}
