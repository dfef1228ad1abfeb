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
  const stays = new Map<string, Stay>();
  let [ready, failed] = [0, 0];
  let shown = "";
  let saidAtMs = clock.now();

  /** The one that has not moved for the longest; of several, the first that was seen. */
  function slowest(): [string, Stay] | undefined {
    return [...stays].reduce<[string, Stay] | undefined>(
      (found, one) => (found === undefined || one[1].sinceMs < found[1].sinceMs ? one : found),
      undefined,
    );
  }

  function say(): void {
    saidAtMs = clock.now();
    const found = slowest();
    const lasted = found === undefined ? "" : ` ${formatDuration(saidAtMs - found[1].sinceMs)}`;
    report(`${text()}${lasted}`);
  }

  function text(): string {
    const [name, stay] = slowest() ?? [];
    const parts = [`${ready}/${total} ready`];
    if (failed > 0) parts.push(`${failed} failed`);
    if (name !== undefined && stay !== undefined) parts.push(`slowest: ${name} ${stay.state}`);
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
