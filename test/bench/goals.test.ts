import type { Measurement } from "../../bench/measurement";
import { goalsOf } from "../../bench/report/goals";
import { report } from "../../bench/report/report";
import { cells, measured, resultsOf } from "./results";

const floor = (given: Partial<Measurement> = {}): Measurement => measured({ program: "empty", ...given });
const found = (what: string, program: string, measurements: Measurement[]): number | undefined =>
  goalsOf(resultsOf(measurements)).find((goal) => goal.what === what && goal.program === program)?.measured;
const verdicts = (measurements: Measurement[]): (string | undefined)[][] =>
  cells(report(resultsOf(measurements)), "Goals").map((row) => [row[0], row[1], row.at(-1)]);

describe("the goals", () => {
  it.each([
    [1.1, "met"],
    [1.1001, "**not met**"],
  ])("are compared as measured: %d times the floor", (wallSeconds, verdict) => {
    expect(verdicts([floor(), measured({ wallSeconds })])).toContainEqual([
      "up, ready at once / floor",
      "dynamic",
      verdict,
    ]);
  });

  it("show the processor time beside the seconds, which alone decide", () => {
    const runs = [floor({ cpuSeconds: 2 }), measured({ wallSeconds: 1, cpuSeconds: 5 })];
    const [row] = cells(report(resultsOf(runs)), "Goals");

    expect(row?.slice(3)).toEqual(["1.00", "2.50", "met"]);
  });

  it("are not met by what was not measured", () => {
    const all = verdicts([]);

    expect(all.length).toBeGreaterThan(20);
    expect(new Set(all.map((row) => row[2]))).toEqual(new Set(["not measured"]));
  });

  it("set a fleet's wait beside the floor and the readiness, and beside the others", () => {
    const wait = { reactionSeconds: [0.1, 0.2], tailSeconds: 0.1, inFlight: 10 };
    const waiting = { readyAfterSeconds: 3, requests: { GET: 12 } };
    const runs = [
      floor({ providerPeakBytes: 100 * 2 ** 20 }),
      measured({ ...waiting, program: "naive", wallSeconds: 50 }),
      measured({ ...waiting, program: "curl", wallSeconds: 40 }),
      measured({ ...waiting, program: "native-fleet", wallSeconds: 5, wait, providerPeakBytes: 120 * 2 ** 20 }),
    ];

    expect(found("up, ready after 3 s / (floor + ready)", "native-fleet", runs)).toBe(1.25);
    expect(found("up, ready after 3 s / naive", "native-fleet", runs)).toBe(0.1);
    expect(found("up, ready after 3 s / curl loop", "native-fleet", runs)).toBe(0.125);
    expect(found("ready after 3 s → seen, 95 %", "native-fleet", runs)).toBeCloseTo(0.195);
    expect(found("requests per deployment, ready after 3 s", "native-fleet", runs)).toBe(1.2);
    expect(found("provider's memory − floor's, waiting", "native-fleet", runs)).toBe(20);
  });

  it("allow longer waits a share of their time, and no more than ten seconds", () => {
    const allowed = (readyAfterSeconds: number): number | undefined =>
      goalsOf(resultsOf([], { readyAfterSeconds })).find(({ what }) => what.includes("seen"))?.atMost;

    expect([120, 300, 3600].map(allowed)).toEqual([0.3, 6, 10]);
  });

  it("take the looks from the slow platform", () => {
    const slow = { latencyMs: 150, requests: { GET: 2 } };
    const runs = [
      measured({ command: "drift", wallSeconds: 100, requests: { GET: 100 } }),
      measured({ ...slow, command: "refresh --preview-only, one by one", wallSeconds: 8 }),
      measured({ ...slow, command: "drift", wallSeconds: 4 }),
    ];

    expect(found("requests of drift", "dynamic", runs)).toBe(2);
    expect(found("drift / one by one", "dynamic", runs)).toBe(0.5);
  });

  it("compare the first request of a single deployment with the floor's first create", () => {
    const runs = [
      floor({ count: 1, firstRequestSeconds: 2 }),
      measured({ count: 1, firstRequestSeconds: 2.2 }),
      measured({ count: 10, firstRequestSeconds: 9 }),
    ];

    expect(found("first request, N = 1 / floor's first create", "dynamic", runs)).toBeCloseTo(1.1);
  });

  it("count the code in both its places", () => {
    const runs = [measured({ state: { bytesPerResource: 4000, codeBytesPerResource: 142 } })];

    expect(found("code in state per resource", "dynamic", runs)).toBe(142);
    expect(verdicts(runs)).toContainEqual(["code in state per resource", "dynamic", "**not met**"]);
  });
});
