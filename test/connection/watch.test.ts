import { createSharedLooks } from "../../provider/connection/shared-looks";
import { createWatches } from "../../provider/connection/watch";
import type { StartWatch, Watch } from "../../provider/connection/watch";
import type { Adapter, Call, DeploymentReference, Overview, Phase, Snapshot } from "../../provider/platform";
import { createTurnClock } from "../support/turn-clock";

type Inputs = Record<string, never>;

const pauseMs = 1_000;
const { signal } = new AbortController();
const call: Call = { maximumAgeMs: pauseMs / 2, signal } as Call;
const reference = (deploymentId: string): DeploymentReference => ({ deploymentId, details: {} });
const snapshot = (phase: Phase, platformStatus: string): Snapshot<Inputs> => ({ phase, platformStatus, details: {} });

/** What was asked of the platform, in order. */
let asked: string[];
/** What the list shows; other deployments are not in it. */
let listed: Record<string, Phase>;
let refused: boolean;
let clock: ReturnType<typeof createTurnClock>;
let start: StartWatch<Inputs>;

const platform = {
  observe({ deploymentId }: DeploymentReference) {
    asked.push(deploymentId);
    return Promise.resolve(snapshot(listed[deploymentId] ?? "pending", "alone"));
  },
} as unknown as Adapter<Inputs>;

const overviews = {
  isIndex: true,
  scopeOf: () => "account",
  look(): Promise<Overview<Inputs>> {
    asked.push("list");
    if (refused) return Promise.reject(new Error("403"));
    const shown = { ...listed };
    return Promise.resolve({
      of({ deploymentId }: DeploymentReference) {
        const phase = shown[deploymentId];
        return phase && snapshot(phase, "together");
      },
    });
  },
};

beforeEach(() => {
  asked = [];
  listed = { a: "pending", b: "pending", c: "pending" };
  refused = false;
  clock = createTurnClock();
  start = createWatches(platform, createSharedLooks(overviews, clock));
});

const watching = (ids: string[], isOneOfMany = false): Watch<Inputs>[] =>
  ids.map((id) => start(reference(id), {}, { isOneOfMany, clock }));

async function look(watches: Watch<Inputs>[]): Promise<string[]> {
  const seen = await Promise.all(watches.map((watch) => watch.observe(call)));
  return seen.map(({ phase, platformStatus }) => `${phase} ${platformStatus}`);
}

/** All pause, and the time of the first one is over. */
async function tick(watches: Watch<Inputs>[]): Promise<(string | undefined)[]> {
  const ended = new AbortController();
  const [first, ...others] = watches;
  const firstPause = first?.pause(pauseMs, 60_000, ended.signal);
  const pauses = others.map((watch) => watch.pause(pauseMs, 60_000, signal));
  await clock.allAsleep(watches.length);
  clock.pass(pauseMs);
  ended.abort();
  await firstPause;
  await first?.observe(call);
  const told = await Promise.race([Promise.all(pauses), new Promise<never[]>((resolve) => setImmediate(resolve, []))]);
  return told.map((seen) => seen && `${seen.phase} ${seen.platformStatus}`);
}

it("looks by itself at first, as nobody else may wait", async () => {
  expect(await look(watching(["a"]))).toEqual(["pending alone"]);
  expect(asked).toEqual(["a"]);
});

it("looks at all at once where many are waited for from the same moment on", async () => {
  expect(await look(watching(["a", "b", "c"], true))).toEqual(Array(3).fill("pending together"));
  expect(asked).toEqual(["list"]);
});

it("looks by itself when the waits of the others have ended", async () => {
  const watches = watching(["a", "b"], true);
  await look(watches);
  watches[1]?.end();
  clock.pass(pauseMs);

  expect(await look(watches.slice(0, 1))).toEqual(["pending alone"]);
});

it("tells all that pause what the first whose time has come sees", async () => {
  const watches = watching(["a", "b", "c"]);
  await look(watches);
  asked = [];

  expect(await tick(watches)).toEqual(["pending together", "pending together"]);
  expect(asked).toEqual(["list"]);
});

it("takes what is ready from the list when the list showed it pending before", async () => {
  const watches = watching(["a", "b"], true);
  await look(watches);
  listed["b"] = "ready";

  expect(await tick(watches)).toEqual(["ready together"]);
  expect(asked).toEqual(["list", "list"]);
});

it("looks by itself at what the list shows ready and did not show pending, as it may be a moment behind", async () => {
  const watches = watching(["a", "b"]);
  await look(watches);
  listed["b"] = "ready";
  asked = [];

  expect(await tick(watches)).toEqual([undefined]);
  expect(await watches[1]?.observe(call)).toMatchObject({ platformStatus: "alone" });
  expect(asked).toEqual(["list", "b"]);
});

it("takes what is ready from a list that is no index", async () => {
  start = createWatches(platform, createSharedLooks({ ...overviews, isIndex: false }, clock));
  listed = { a: "ready", b: "ready" };

  expect(await look(watching(["a", "b"], true))).toEqual(["ready together", "ready together"]);
});

it.each(["degraded", "stopped", "failed", "gone", "unknown"] as const)(
  "looks by itself at what became %s, once for all ticks",
  async (phase) => {
    const watches = watching(["a", "b"], true);
    await look(watches);
    listed["b"] = phase;

    expect(await tick(watches)).toEqual([undefined]);
    expect(await watches[1]?.observe(call)).toEqual(snapshot(phase, "alone"));
    // It has seen that phase, and sleeps on.
    expect(await tick(watches)).toEqual([]);
  },
);

it("sleeps on where the list does not show it", async () => {
  const watches = watching(["a", "elsewhere"]);
  await look(watches);

  expect(await tick(watches)).toEqual([]);
});

it("asks one by one when the list is refused, no more than ten times in a second", async () => {
  refused = true;
  const watches = watching(["a", "b", "c"], true);
  expect(await look(watches)).toEqual(Array(3).fill("pending alone"));

  void Promise.all(watches.map((watch) => watch.pause(150, 60_000, signal)));
  expect(clock.slept()).toEqual([150, 200, 300]);
});

it("pauses for ten seconds at most for the sake of others, and never beyond the end of the wait", () => {
  start = createWatches(platform, undefined);
  const watches = watching(Array.from({ length: 200 }, (_, index) => `many-${index}`));
  watches.forEach((watch, index) => void watch.pause(150, index === 199 ? 1_234 : 60_000, signal));

  expect(clock.slept().slice(98, 101)).toEqual([9_900, 10_000, 10_000]);
  expect(clock.slept()[199]).toBe(1_234);
});

it("pauses for as long as the look took, where that is longer", async () => {
  const slow = { ...overviews, look: () => overviews.look().finally(() => clock.pass(4_000)) };
  start = createWatches(platform, createSharedLooks(slow, clock));
  const watches = watching(["a", "b"], true);
  await look(watches);

  void watches[0]?.pause(pauseMs, 60_000, signal);
  expect(clock.slept()).toEqual([4_000]);
});
