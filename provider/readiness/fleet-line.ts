/** One line for many waits: `37/100 ready · 2 failed · slowest: llama-eu downloading 4m10s`. */
import type { Clock } from "../wait/clock";
import { formatDuration } from "../wait/duration";
import { heartbeatMs } from "../wait/progress";

export interface FleetLine {
  /** Notes in which state a deployment was seen that is waited for. */
  saw(name: string, state: string): void;
  ended(name: string, well: boolean): void;
  /** Ends the line's repetition. */
  stop(): void;
}

interface Stay {
  state: string;
  sinceMs: number;
}

export function createFleetLine(total: number, clock: Clock, report: (line: string) => void): FleetLine {
  /** In the order in which they began: the first has not moved for the longest. */
  const stays = new Map<string, Stay>();
  let [ready, failed] = [0, 0];
  let shown = "";
  let saidAtMs = clock.now();

  function say(): void {
    saidAtMs = clock.now();
    const [slowest] = stays.values();
    const lasted = slowest === undefined ? "" : ` ${formatDuration(saidAtMs - slowest.sinceMs)}`;
    report(`${text()}${lasted}`);
  }

  function text(): string {
    const parts = [`${ready}/${total} ready`];
    if (failed > 0) parts.push(`${failed} failed`);
    const [slowest] = stays;
    if (slowest !== undefined) parts.push(`slowest: ${slowest[0]} ${slowest[1].state}`);
    return parts.join(" · ");
  }

  function sayIfNew(): void {
    if (text() === shown) return;
    shown = text();
    say();
  }

  const stop = clock.every(heartbeatMs, () => {
    if (clock.now() - saidAtMs >= heartbeatMs) say();
  });
  return {
    saw(name, state) {
      if (stays.get(name)?.state === state) return;
      stays.delete(name);
      stays.set(name, { state, sinceMs: clock.now() });
      sayIfNew();
    },
    ended(name, well) {
      stays.delete(name);
      if (well) ready += 1;
      else failed += 1;
      sayIfNew();
    },
    stop,
  };
}
