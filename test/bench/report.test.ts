import type { Machine } from "../../bench/machine";
import type { Measurement } from "../../bench/measurement";
import { report } from "../../bench/report";
import { median, quantile } from "../../bench/statistics";
import { table } from "../../bench/tables";

const machine: Machine = {
  date: "2026-11-21T12:00:00.000Z",
  cores: 2,
  memoryGibibytes: 24,
  system: "Linux 6",
  node: "v20.18.1",
  engine: "3.230.0",
  sdk: "3.248.0",
  package: "0.1.0",
  loads: [0.5, 1.5],
};
const plan = { counts: [10], readyAfterSeconds: 3, runs: 3, parallel: 16, driftCount: 200, latencyMs: 150 };

const measured = (given: Partial<Measurement>): Measurement => ({
  program: "inference",
  command: "up",
  count: 10,
  readyAfterSeconds: 0,
  wallSeconds: 1,
  requests: {},
  ...given,
});

function cells(text: string, heading: string): string[][] {
  const [, section = ""] = text.split(`## ${heading}\n`);
  const rows = section.split("\n## ")[0]?.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("report", () => {
  it("sets the median over the readiness beside the floor's", () => {
    const floor = [1, 4, 2].map((wallSeconds) => measured({ program: "empty", wallSeconds }));
    const ours = [9, 5, 4].map((wallSeconds) => measured({ readyAfterSeconds: 3, wallSeconds }));

    const [row] = cells(report(machine, plan, [...floor, ...ours]), "Up");

    expect(row).toEqual(["10", "3 s", "default", "5.00", "2.00", "2.00", "1.00", "1.00", "–"]);
  });

  it("does not compare runs of another parallelism", () => {
    const floor = measured({ program: "empty", wallSeconds: 1 });
    const raised = measured({ wallSeconds: 2, parallel: 16 });

    expect(cells(report(machine, plan, [floor, raised]), "Up")[0]).toContain("–");
  });

  it("sets each way to find drift beside the one that reads one by one", () => {
    const drift = { count: 200, latencyMs: 150 };
    const text = report(machine, plan, [
      measured({ ...drift, wallSeconds: 9 }),
      measured({ ...drift, command: "refresh --preview-only, one by one", wallSeconds: 8, requests: { GET: 200 } }),
      measured({ ...drift, command: "drift", wallSeconds: 4, requests: { GET: 1, list: 1 } }),
    ]);

    expect(text).toContain("Each answer took 150 ms.");
    expect(cells(text, "Drift")).toEqual([
      ["refresh --preview-only, one by one", "200", "8.00", "1.00", "200"],
      ["drift", "200", "4.00", "0.50", "2"],
    ]);
    // How it was made is no measurement of `up`.
    expect(cells(text, "Up")).toEqual([]);
  });

  it("divides the requests of each route by the deployments", () => {
    const ours = measured({ requests: { "POST /deploy/llm": 10, "GET /deploy/{id}": 25 } });

    const [row] = cells(report(machine, plan, [ours]), "Requests per deployment");

    expect(row?.slice(4)).toEqual(["2.50", "1.00", "3.50"]);
  });

  it("says on what it was measured, and beside what", () => {
    const text = report(machine, plan, []);

    expect(text).toContain("2026-11-21, 2 cores, 24 GiB, Linux 6, Node v20.18.1, Pulumi 3.230.0");
    expect(text).toContain("Load 0.5 before and 1.5 at the end");
  });
});

describe("quantile", () => {
  it("lies between two values", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([0, 10], 0.95)).toBe(9.5);
  });

  it("is undefined for no values", () => {
    expect(median([])).toBeUndefined();
  });
});

describe("table", () => {
  it("is Markdown, with the numbers on the right", () => {
    expect(table(["name", "N"], [["up", 1]])).toBe("| name |   N |\n| ---- | --: |\n| up   |   1 |");
  });
});
