import { report } from "../../bench/report/report";
import { median, quantile } from "../../bench/report/statistics";
import { table } from "../../bench/report/tables";
import { cells, measured, resultsOf } from "./results";

const text = (...[measurements, changes]: Parameters<typeof resultsOf>): string =>
  report(resultsOf(measurements, changes));

describe("report", () => {
  it("takes the median of the ratios of runs that were taken in turn", () => {
    const floor = [1, 4, 2].map((wallSeconds) => measured({ program: "empty", wallSeconds }));
    const ours = [3, 4, 4].map((wallSeconds) => measured({ wallSeconds }));

    const rows = cells(text([...floor, ...ours]), "Up, ready at once");

    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ["empty (floor)", "10", "2.00", "1.00"],
      ["dynamic", "10", "4.00", "2.00"],
    ]);
  });

  it("compares what was measured once with the floor of the same round", () => {
    const floor = [2, 9, 9].map((wallSeconds) => measured({ program: "empty", wallSeconds }));

    const rows = cells(text([...floor, measured({ program: "naive", wallSeconds: 3 })]), "Up, ready at once");

    expect(rows[1]?.slice(0, 4)).toEqual(["naive", "10", "3.00", "1.50"]);
  });

  it("sets a wait beside floor and readiness", () => {
    const floor = measured({ program: "empty", wallSeconds: 1 });
    const wait = { reactionSeconds: [0.1, 0.3], tailSeconds: 0.4, inFlight: 10 };
    const waiting = measured({ readyAfterSeconds: 3, wallSeconds: 5, wait, requests: { GET: 15 } });

    expect(cells(text([floor, waiting]), "Up, ready after 3 s")).toEqual([
      ["dynamic", "10", "default", "5.00", "1.25", "0.20", "0.29", "0.40", "10", "1.50"],
    ]);
  });

  it("does not compare runs of another parallelism", () => {
    const floor = measured({ program: "empty", wallSeconds: 1 });
    const raised = measured({ wallSeconds: 2, readyAfterSeconds: 3, parallel: 16 });

    expect(cells(text([floor, raised]), "Up, ready after 3 s")[0]?.slice(2, 5)).toEqual(["16", "2.00", "–"]);
  });

  it("sets each look at a slow platform beside the one that reads one by one", () => {
    const slow = { latencyMs: 150 };
    const rows = cells(
      text([
        measured({ ...slow, wallSeconds: 9 }),
        measured({ ...slow, command: "refresh --preview-only, one by one", wallSeconds: 8, requests: { GET: 100 } }),
        measured({ ...slow, command: "drift", wallSeconds: 4, requests: { GET: 1, list: 1 } }),
      ]),
      "Answers after 150 ms",
    );

    expect(rows).toEqual([
      ["up", "dynamic", "10", "9.00", "–", "0"],
      ["refresh --preview-only, one by one", "dynamic", "10", "8.00", "1.00", "100"],
      ["drift", "dynamic", "10", "4.00", "0.50", "2"],
    ]);
    // How it was made is no measurement of an ordinary `up`.
    expect(cells(text([measured(slow)]), "Up, ready at once")).toEqual([]);
  });

  it("divides the requests of each route by the deployments", () => {
    const ours = measured({ requests: { "POST /deploy/llm": 10, "GET /deploy/{id}": 25 } });

    const [row] = cells(text([ours]), "Requests per deployment");

    expect(row).toEqual(["up", "dynamic", "at once", "2.50", "1.00", "3.50"]);
  });

  it("shows memory beside the floor's", () => {
    const megabytes = (count: number) => ({ providerPeakBytes: count * 2 ** 20, treePeakBytes: count * 2 ** 21 });
    const both = [measured({ program: "empty", ...megabytes(100) }), measured(megabytes(125))];

    expect(cells(text(both), "Peak memory, MB")[1]?.slice(3)).toEqual(["125", "25", "250", "50"]);
  });

  it("says when the goals are meant for a larger stack", () => {
    expect(text([])).toContain("The goals are meant for N = 100.");
    expect(text([], { counts: [1, 100] })).not.toContain("meant for");
  });

  it("says on what it was measured, and what was left out", () => {
    expect(text([])).toContain("2026-11-21, 2 cores, 24 GiB, Linux 6, Node v20.18.1, Pulumi 3.230.0");
    expect(text([])).toContain("Load 0.5 before and 1.5 at the end");
    expect(text([])).not.toContain("Not measured");
    expect(text([], { leftOut: ["curl"] })).toContain("Not measured, since this machine cannot run it: curl loop.");
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
