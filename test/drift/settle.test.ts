import type { Observation } from "../../drift/observation";
import { settle } from "../../drift/settle";
import { createFakeClock } from "../support/fake-clock";

const observation = (name: string, status: string): Observation => ({
  urn: name,
  name,
  type: "pulumi-nodejs:dynamic/inference:ModelDeployment",
  id: `deepinfra/${name}`,
  known: { inputs: {}, outputs: {} },
  live: { inputs: {}, outputs: { status } },
  differs: false,
  changedPaths: [],
  ignoreChanges: [],
  initErrors: [],
});

function settling(seconds: number) {
  const clock = createFakeClock();
  const controller = new AbortController();
  return { clock, controller, options: { seconds, clock, signal: controller.signal } };
}

it("does not look again at what stays", async () => {
  const { clock, options } = settling(60);
  const first = ["ready", "stopped", "failed", "unknown"].map((status) => observation(status, status));
  const again = jest.fn();

  expect(await settle(first, again, options)).toEqual(first);
  expect(again).not.toHaveBeenCalled();
  expect(clock.slept).toEqual([]);
});

it("looks again at what may pass, and at nothing else, until it has passed", async () => {
  const { options } = settling(60);
  const looks: (readonly string[])[] = [];
  const again = async (urns: readonly string[]) => {
    looks.push(urns);
    return urns.map((urn) => observation(urn, urn === "slow" && looks.length < 3 ? "degraded" : "ready"));
  };
  const first = [observation("slow", "pending"), observation("calm", "ready"), observation("quick", "pending")];

  const settled = await settle(first, again, options);

  expect(looks).toEqual([["slow", "quick"], ["slow"], ["slow"]]);
  expect(settled.map(({ name, live }) => [name, live?.outputs["status"]])).toEqual([
    ["slow", "ready"],
    ["calm", "ready"],
    ["quick", "ready"],
  ]);
  expect(settled.some(({ observedSeconds }) => observedSeconds !== undefined)).toBe(false);
});

it("takes what outlasts the time for the truth, and says for how long it lasted", async () => {
  const { clock, options } = settling(60);
  const [settled] = await settle(
    [observation("slow", "pending")],
    async () => [observation("slow", "pending")],
    options,
  );

  expect(settled).toMatchObject({ observedSeconds: 60 });
  expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
  expect(clock.slept.length).toBeGreaterThan(3);
});

it("takes the first look for the truth when there is no time", async () => {
  const { options } = settling(0);
  const first = [observation("slow", "pending")];

  expect(await settle(first, jest.fn(), options)).toEqual(first);
});

it("believes a second look that fails", async () => {
  const { options } = settling(60);
  const lost = { ...observation("slow", "pending"), error: "answered 401" };

  expect(await settle([observation("slow", "pending")], async () => [lost], options)).toEqual([lost]);
});

it("ends when it is cancelled", async () => {
  const { controller, options } = settling(60);
  const again = async () => {
    controller.abort(new Error("enough"));
    return [observation("slow", "pending")];
  };

  await expect(settle([observation("slow", "pending")], again, options)).rejects.toThrow("enough");
});
