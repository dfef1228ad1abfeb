/** Results as a run leaves them, for the tests of the report. */
import type { Measurement } from "../../bench/measurement";
import type { Plan } from "../../bench/plan";
import type { Results } from "../../bench/results";

const plan: Plan = {
  ...{ counts: [1, 10], readyAfterSeconds: 3, runs: 3, parallel: 16, latencyMs: 150 },
  ...{ thousand: false, leftOut: [] },
};

export function resultsOf(measurements: readonly Measurement[], changes: Partial<Plan> = {}): Results {
  return {
    machine: {
      ...{ date: "2026-11-21T12:00:00.000Z", cores: 2, memoryGibibytes: 24, system: "Linux 6", node: "v20.18.1" },
      ...{ engine: "3.230.0", sdk: "3.248.0", package: "0.1.0", loads: [0.5, 1.5] },
    },
    plan: { ...plan, ...changes },
    measurements,
  };
}

export const measured = (given: Partial<Measurement>): Measurement => ({
  ...{ program: "dynamic", command: "up", count: 10, readyAfterSeconds: 0, wallSeconds: 1, requests: {} },
  ...given,
});

/** The cells of the table under a heading. */
export function cells(text: string, heading: string): string[][] {
  const [, section = ""] = text.split(`## ${heading}\n`);
  const rows = section.split("\n## ")[0]?.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
