import { type Plan, scenesOf } from "../../bench/plan";

const plan: Plan = { counts: [1, 10], readyAfterSeconds: 3, runs: 3, parallel: 16, driftCount: 0, latencyMs: 150 };
const brief = (chosen: Plan): string[] =>
  scenesOf(chosen).map(({ program, count, readyAfterSeconds, parallel }) =>
    [program, count, `${readyAfterSeconds} s`, ...(parallel === undefined ? [] : [`${parallel} slots`])].join(" "),
  );

const atOnce = ["empty 1 0 s", "inference 1 0 s", "empty 10 0 s", "inference 10 0 s"];
const waits = ["inference 1 3 s", "inference 10 3 s", "empty 10 0 s 16 slots", "inference 10 3 s 16 slots"];

describe("scenesOf", () => {
  it("lets provider and floor take turns, and repeats the waits less often", () => {
    expect(brief(plan)).toEqual([...atOnce, ...waits, ...atOnce, ...waits, ...atOnce]);
  });

  it("leaves the waits out when no readiness is asked for", () => {
    expect(brief({ ...plan, runs: 1, readyAfterSeconds: 0 })).toEqual(atOnce);
  });

  it("destroys and refreshes where the platform is ready at once", () => {
    const scenes = scenesOf({ ...plan, runs: 1 });

    expect(scenes.filter(({ commands }) => commands.length === 4)).toHaveLength(4);
    expect(scenes.filter(({ commands }) => commands.length === 1)).toHaveLength(4);
  });

  it("looks for drift once a round, each way in turn, with answers that take their time", () => {
    const scenes = scenesOf({ ...plan, driftCount: 200 }).filter(({ latencyMs }) => latencyMs !== undefined);

    expect(scenes).toHaveLength(3);
    expect(scenes[0]).toEqual({
      ...{ program: "inference", count: 200, readyAfterSeconds: 0, latencyMs: 150 },
      commands: ["up", "refresh --preview-only, one by one", "refresh --preview-only", "drift"],
    });
  });
});
