/** Time that passes only when all that wait are asleep, for as long as the shortest sleep. */
import type { Clock } from "../../provider/wait/clock";

export interface TurnClock extends Clock {
  /** Resolves when so many are asleep. */
  allAsleep(count: number): Promise<void>;
  /** Lets time pass, and wakes everybody. */
  turn(ms: number): void;
  /** Lets time pass, and wakes nobody. */
  pass(ms: number): void;
  /** Every sleep that began, in milliseconds. */
  slept(): readonly number[];
}

export function createTurnClock(): TurnClock {
  const slept: number[] = [];
  const sleepers = new Set<() => void>();
  let awaited: { count: number; resolve: () => void } | undefined;
  let nowMs = 0;

  function tell(): void {
    if (awaited !== undefined && sleepers.size >= awaited.count) awaited.resolve();
  }

  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        slept.push(ms);
        const wake = (): void => {
          sleepers.delete(wake);
          resolve();
        };
        sleepers.add(wake);
        signal.addEventListener("abort", wake, { once: true });
        tell();
      }),
    every: () => () => undefined,
    allAsleep: (count) =>
      new Promise((resolve) => {
        awaited = { count, resolve };
        tell();
      }),
    pass: (ms) => void (nowMs += ms),
    slept: () => slept,
    turn(ms) {
      nowMs += ms;
      [...sleepers].forEach((wake) => wake());
    },
  };
}
