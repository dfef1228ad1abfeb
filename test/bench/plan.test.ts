import type { Scene } from "../../bench/measurement";
import { type Plan, scenesOf } from "../../bench/plan";

const plan: Plan = {
  ...{ counts: [1, 10], readyAfterSeconds: 3, runs: 1, parallel: 16, latencyMs: 0 },
  ...{ thousand: false, leftOut: [] },
};

const brief = ({ program, count, readyAfterSeconds, latencyMs, parallel }: Scene): string =>
  [
    `${program} ${count}`,
    ...(readyAfterSeconds === 0 ? [] : [`${readyAfterSeconds} s`]),
    ...(latencyMs === undefined ? [] : [`${latencyMs} ms`]),
    ...(parallel === undefined ? [] : [`${parallel} slots`]),
  ].join(", ");
const scenes = (changes: Partial<Plan>): string[] => scenesOf({ ...plan, ...changes }).map(brief);

const all = ["empty", "naive", "curl", "dynamic", "native", "dynamic-fleet", "native-fleet"];
const everyRound = ["empty", "dynamic", "native"];
const fleets = ["dynamic-fleet", "native-fleet"];

describe("scenesOf", () => {
  it("lets all programs take turns at each count", () => {
    expect(scenes({ readyAfterSeconds: 0 })).toEqual([
      ...all.map((program) => `${program} 1`),
      ...all.map((program) => `${program} 10`),
    ]);
  });

  it("repeats what ratios are taken from, and of the waits the largest that is short", () => {
    const [first = [], second = []] = [scenes({}), scenes({ runs: 2 }).slice(scenes({}).length)];

    expect(first.filter((scene) => scene.endsWith("3 s"))).toHaveLength(2 * (all.length - 1));
    expect(second).toEqual([
      ...everyRound.map((program) => `${program} 1`),
      ...everyRound.map((program) => `${program} 10`),
      ...fleets.map((program) => `${program} 10, 3 s`),
    ]);
  });

  it("waits with more slots once, beside a floor that has them, too", () => {
    expect(scenes({ runs: 2 }).filter((scene) => scene.endsWith("slots"))).toEqual([
      "empty 10, 16 slots",
      "dynamic 10, 3 s, 16 slots",
    ]);
    for (const without of [{ readyAfterSeconds: 0 }, { parallel: 0 }]) {
      expect(scenes(without).filter((scene) => scene.endsWith("slots"))).toEqual([]);
    }
  });

  it("looks at the largest stack of a slow platform, each way in turn, in half of the rounds", () => {
    const slow = scenesOf({ ...plan, runs: 3, latencyMs: 150 }).filter(({ latencyMs }) => latencyMs !== undefined);

    expect(slow.map(brief)).toEqual([
      "dynamic 10, 150 ms",
      "native 10, 150 ms",
      "dynamic 10, 150 ms",
      "native 10, 150 ms",
    ]);
    expect(slow[0]?.commands).toEqual([
      ...["up", "refresh --preview-only, one by one", "refresh --preview-only", "drift"],
      ...["refresh", "destroy"],
    ]);
  });

  it("makes a thousand only when asked, and once", () => {
    expect(scenes({ runs: 2, thousand: true }).filter((scene) => / 1000/.test(scene))).toEqual([
      "dynamic 1000",
      "native 1000",
    ]);
  });

  it("leaves out what the machine cannot run", () => {
    expect(scenes({ leftOut: ["curl"] }).filter((scene) => scene.startsWith("curl"))).toEqual([]);
  });

  it("asks of no program what it cannot do", () => {
    const curl = scenesOf(plan).filter(({ program }) => program === "curl");

    expect(curl.flatMap(({ commands }) => commands)).not.toContain("refresh");
  });
});
