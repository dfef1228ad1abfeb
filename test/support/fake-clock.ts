/** Time that passes only when somebody sleeps, and then at once. */
import type { Clock } from "../../provider/wait/clock";

export interface FakeClock extends Clock {
  /** Every sleep that began, in milliseconds. */
  readonly slept: readonly number[];
  /** Lets time pass, as a slow answer does. */
  advance(ms: number): void;
  /** Does something when the time has come. */
  at(ms: number, action: () => void): void;
}

interface Alarm {
  dueMs: number;
  everyMs: number | undefined;
  ring: () => void;
}

export function createFakeClock(): FakeClock {
  const slept: number[] = [];
  const alarms = new Set<Alarm>();
  let nowMs = 0;

  function advance(ms: number, isOver: () => boolean = () => false): void {
    const endMs = nowMs + ms;
    for (let alarm = nextAlarm(endMs); alarm !== undefined && !isOver(); alarm = nextAlarm(endMs)) {
      nowMs = Math.max(nowMs, alarm.dueMs);
      if (alarm.everyMs === undefined) alarms.delete(alarm);
      else alarm.dueMs += alarm.everyMs;
      alarm.ring();
    }
    if (!isOver()) nowMs = endMs;
  }

  function nextAlarm(untilMs: number): Alarm | undefined {
    return [...alarms].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }

  return {
    slept,
    now: () => nowMs,
    advance: (ms) => advance(ms),
    at: (dueMs, action) => void alarms.add({ dueMs, everyMs: undefined, ring: action }),
    sleep(ms, signal) {
      slept.push(ms);
      advance(ms, () => signal.aborted);
      return Promise.resolve();
    },
    every(everyMs, tick) {
      const alarm = { dueMs: nowMs + everyMs, everyMs, ring: tick };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
  };
}
