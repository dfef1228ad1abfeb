/** Looks again at what may pass, as during a roll-out, before it counts. */
import type { Clock } from "../provider/wait/clock";
import { mayPass } from "./deployment-findings";
import type { Observation } from "./observation";

export interface Settling {
  /** 0 takes the first look for the truth. */
  seconds: number;
  clock: Clock;
  signal: AbortSignal;
}

const shortestPauseMs = 2_000;
const longestPauseMs = 15_000;

/**
 * @param again looks at some of the resources once more.
 * @returns the newest observation of each, in the order of the first.
 */
export async function settle(
  first: readonly Observation[],
  again: (urns: readonly string[]) => Promise<readonly Observation[]>,
  { seconds, clock, signal }: Settling,
): Promise<Observation[]> {
  const newest = new Map(first.map((observation) => [observation.urn, observation]));
  const began = clock.now();
  const elapsedMs = (): number => clock.now() - began;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const passing = [...newest.values()].filter(mayPass);
    const leftMs = seconds * 1000 - elapsedMs();
    if (passing.length === 0 || leftMs <= 0) break;
    await clock.sleep(Math.min(pauseMs, leftMs), signal);
    signal.throwIfAborted();
    for (const observation of await again(passing.map(({ urn }) => urn))) newest.set(observation.urn, observation);
  }
  if (seconds === 0) return [...newest.values()];
  const observedSeconds = Math.round(elapsedMs() / 1000);
  return [...newest.values()].map((one) => (mayPass(one) ? { ...one, observedSeconds } : one));
}
