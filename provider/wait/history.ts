/** The states that a wait went through, and for how long. */
import { formatDuration } from "./duration";

interface Stay {
  state: string;
  fromMs: number;
}

export interface History {
  /** Notes what was seen; returns true when it differs from what was seen before. */
  record(state: string, nowMs: number): boolean;
  /** How long the newest state has lasted. */
  lastedMs(nowMs: number): number;
  /** `initializing 12s, downloading 4m10s`. */
  describe(nowMs: number): string;
}

/** Longer histories (a deployment that flaps) are cut in the middle. */
const shownStays = 12;

export function createHistory(): History {
  const stays: Stay[] = [];

  return {
    record(state, nowMs) {
      if (stays.at(-1)?.state === state) return false;
      stays.push({ state, fromMs: nowMs });
      return true;
    },
    lastedMs: (nowMs) => nowMs - (stays.at(-1)?.fromMs ?? nowMs),
    describe(nowMs) {
      const texts = stays.map((stay, index) => {
        const untilMs = stays[index + 1]?.fromMs ?? nowMs;
        return `${stay.state} ${formatDuration(untilMs - stay.fromMs)}`;
      });
      const left = texts.length - shownStays;
      if (left <= 0) return texts.join(", ");
      return [...texts.slice(0, shownStays / 2), `… ${left} more …`, ...texts.slice(-shownStays / 2)].join(", ");
    },
  };
}
