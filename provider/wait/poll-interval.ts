/** How long to wait between two looks. */
import type { PollPolicy } from "../platform";

/** What is ready within this time is seen within the pause of this time. */
const quickForMs = 2 * 60_000;
const quickPauseMs = 250;
/** Of the time already waited: keeps the delay of a long wait small in proportion, and its looks logarithmic. */
const shareOfElapsed = 0.02;
/** After a change of state the next one may be near. */
const shareSinceChange = 0.05;
const afterChangeMs = 1_000;
/** Keeps deployments that started together from asking together. */
const jitter = 0.2;

/**
 * Doubling would be slowest just when readiness is near.
 *
 * @param quietMs how long the state has been what it is.
 */
export function pollIntervalMs(
  policy: PollPolicy,
  elapsedMs: number,
  quietMs: number,
  random: () => number = Math.random,
): number {
  const wanted = elapsedMs < quickForMs ? quickInterval(elapsedMs) : patientInterval(elapsedMs, quietMs);
  const bounded = Math.min(policy.longestMs, Math.max(policy.shortestMs, wanted));
  return bounded * (1 - jitter / 2 + jitter * random());
}

function quickInterval(elapsedMs: number): number {
  return Math.min(quickPauseMs, elapsedMs * shareSinceChange);
}

function patientInterval(elapsedMs: number, quietMs: number): number {
  return Math.min(elapsedMs * shareOfElapsed, Math.max(afterChangeMs, quietMs * shareSinceChange));
}
