/** Each change from outside has its verdict, and what can be repaired is clean after `pulumi up --refresh`. */
import { judge } from "../../drift/verdict";
import { outsideCases } from "./outside-changes";
import { watchDeployment, type WatchedDeployment } from "./watched-deployment";

let watched: WatchedDeployment | undefined;

afterEach(() => watched?.close());

it("covers four platforms by forty changes and more, all of them different", () => {
  const names = outsideCases.map(({ platform, what }) => `${platform}: ${what}`);

  expect(new Set(outsideCases.map(({ platform }) => platform)).size).toBe(4);
  expect(new Set(names).size).toBe(outsideCases.length);
  expect(outsideCases.length).toBeGreaterThanOrEqual(40);
});

describe.each(outsideCases)("$platform: $what", ({ platform, inputs, scenario, act, ...expected }) => {
  it(`is ${expected.verdict}${expected.unrepaired === undefined ? ", and clean after a repair" : ""}`, async () => {
    const options = { ...(inputs === undefined ? {} : { inputs }), ...(scenario === undefined ? {} : { scenario }) };
    watched = await watchDeployment(platform, options);
    const before = judge(await watched.observe());
    expect(before).toMatchObject({ verdict: platform === "kore" ? "unknown" : "clean", differences: [] });

    act(watched.simulator, watched.deploymentId);
    const { verdict, differences, reason } = judge(await watched.observe());

    expect(differences.map((one) => [one.class, one.path])).toEqual(expected.differences);
    expect(verdict).toBe(expected.verdict);
    expect(reason ?? "").toContain(expected.reason ?? "");
    expect(reason === undefined).toBe(verdict === "clean" || !needsReason(verdict, differences));
    if (expected.unrepaired !== undefined) return;

    await watched.repair();
    const after = judge(await watched.observe());
    expect(after).toMatchObject({ verdict: before.verdict, differences: [] });
  });
});

/** A drift explains itself by its values. */
function needsReason(verdict: string, differences: readonly { class: string }[]): boolean {
  return verdict !== "drifted" || differences.some((one) => one.class === "health");
}
