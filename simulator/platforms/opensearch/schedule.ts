/** Things that happen at set times, carried out late: when somebody looks. */

export interface Schedule {
  /** The time of the event that is being carried out, else the current one. Milliseconds since the epoch. */
  now(): number;
  at(timeMs: number, event: () => void): void;
  /** Carries out what is due, in the order of the times. */
  catchUp(): void;
}

export function createSchedule(clock: () => number): Schedule {
  let waiting: { timeMs: number; event: () => void }[] = [];
  let current: number | undefined;

  return {
    now: () => current ?? clock(),
    at(timeMs, event) {
      const later = waiting.findIndex((other) => other.timeMs > timeMs);
      waiting.splice(later < 0 ? waiting.length : later, 0, { timeMs, event });
    },
    catchUp() {
      const until = clock();
      for (let next = waiting[0]; next !== undefined && next.timeMs <= until; next = waiting[0]) {
        waiting = waiting.slice(1);
        current = next.timeMs;
        next.event();
      }
      current = undefined;
    },
  };
}
