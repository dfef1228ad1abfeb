/** Waits for what no event tells. */
import { setTimeout as sleep } from "node:timers/promises";

/** Looks again and again, until the test's own time is over. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(50);
}
