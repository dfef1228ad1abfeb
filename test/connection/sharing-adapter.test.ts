import { createSharedLooks } from "../../provider/connection/shared-looks";
import { sharingAdapter } from "../../provider/connection/sharing-adapter";
import type { Adapter, Call, DeploymentReference, Overview, Phase, Snapshot } from "../../provider/platform";
import { createFakeClock } from "../support/fake-clock";

interface Inputs {
  scope?: string;
}

const snapshot = (phase: Phase, platformStatus = ""): Snapshot<Inputs> => ({ phase, platformStatus, details: {} });
const { signal } = new AbortController();
const call = (maximumAgeMs: number): Call => ({ maximumAgeMs, signal }) as Call;
const reference = (deploymentId: string): DeploymentReference => ({ deploymentId, details: {} });
const clock = createFakeClock();

/** What was asked of the platform, in order. */
let asked: string[];
/** What an overview shows; other deployments are not in it. */
let shown: Record<string, Snapshot<Inputs>>;
/** What becomes of the next overview. */
let answer: () => Promise<void>;
let adapter: Adapter<Inputs>;

const overviews = {
  scopeOf: (inputs: Inputs | undefined) => inputs?.scope,
  async look(scope: string): Promise<Overview<Inputs>> {
    await note(scope, undefined);
    await answer();
    return { of: ({ deploymentId }) => shown[deploymentId] };
  },
};

const platform: Adapter<Inputs> = {
  create: () => note("create", reference("c")),
  observe: ({ deploymentId }) => note(deploymentId, snapshot("ready", "alone")),
  update: (old) => note("update", old),
  delete: (old) => note("delete", old),
};

const sharing = (one: Adapter<Inputs>): Adapter<Inputs> =>
  sharingAdapter(one, createSharedLooks(overviews, clock), clock);

function note<Result>(line: string, result: Result): Promise<Result> {
  asked.push(line);
  return Promise.resolve(result);
}

async function read(deploymentId: string, scope: string | undefined = "list", maximumAgeMs = 2_000): Promise<string> {
  const inputs = scope === "" ? {} : { scope };
  const seen = await adapter.observe(reference(deploymentId), inputs, call(maximumAgeMs));
  return seen.platformStatus;
}

beforeEach(() => {
  asked = [];
  const together = snapshot("ready", "together");
  shown = { a: together, b: together, c: together, d: together };
  answer = () => Promise.resolve();
  adapter = sharing(platform);
  clock.advance(600_000);
});

it("looks at the first by itself, since it may be the only one, and at all for the second", async () => {
  const seen = await Promise.all(["a", "b", "c", "d"].map((id) => read(id)));

  expect(seen).toEqual(["alone", "together", "together", "together"]);
  expect(asked.sort()).toEqual(["a", "list"]);
});

it("looks at one deployment by itself again and again", async () => {
  for (let look = 0; look < 3; look++) await read("a");

  expect(asked).toEqual(["a", "a", "a"]);
});

it("looks anew when what was seen is too old", async () => {
  await read("a");
  await read("b");
  clock.advance(2_000);
  await read("c");
  clock.advance(1);
  await read("d");
  await read("a");

  // One that comes right after another needs no look by itself first.
  expect(asked).toEqual(["a", "list", "list"]);
});

it("takes nothing from others where the call wants to see what is there now", async () => {
  await read("a");
  await read("b");

  expect(await read("c", "list", 0)).toBe("alone");
});

it("keeps scopes apart, and looks by itself where the scope is not known", async () => {
  await read("a", "one");
  await read("b", "two");
  await read("c", "");
  await read("d", "");

  expect(asked).toEqual(["a", "b", "c", "d"]);
});

it.each(["pending", "degraded", "stopped", "failed", "gone", "unknown"] as const)(
  "looks by itself at what seems to be %s, as something may follow from it",
  async (phase) => {
    shown["c"] = snapshot(phase);
    await Promise.all([read("a"), read("b")]);

    expect(await read("c")).toBe("alone");
  },
);

it("looks by itself at what is not in the overview", async () => {
  await Promise.all([read("a"), read("b")]);

  expect(await read("elsewhere")).toBe("alone");
});

it("looks one by one when all at once fails, and tries that again after a minute", async () => {
  answer = () => Promise.reject(new Error("503"));
  const seen = await Promise.all(["a", "b", "c"].map((id) => read(id)));
  answer = () => Promise.resolve();
  clock.advance(59_000);
  await Promise.all([read("a"), read("b")]);

  expect(seen).toEqual(["alone", "alone", "alone"]);
  expect(asked.sort()).toEqual(["a", "a", "b", "b", "c", "list"]);

  clock.advance(1_000);
  expect(await Promise.all([read("a"), read("b")])).toContain("together");
});

const changes: [string, () => Promise<unknown>][] = [
  ["create", () => adapter.create({}, call(0))],
  ["update", () => adapter.update(reference("c"), { from: {}, to: {}, live: snapshot("ready") }, call(0))],
  ["delete", () => adapter.delete(reference("c"), call(0))],
];

it.each(changes)("forgets at %s what it saw of that deployment before, and of no other", async (name, change) => {
  await read("a");
  await read("b");
  await change();
  await read("d");
  await read("c");

  expect(asked).toEqual(["a", "list", name, "list"]);
});

it("takes nothing of a deployment from a look that was under way when it was changed", async () => {
  await read("a");
  let arrive = (): void => undefined;
  answer = () => new Promise((resolve) => (arrive = resolve));
  const [ofChanged, ofOther] = [read("c"), read("b")];
  await adapter.delete(reference("c"), call(0));
  arrive();

  expect(await Promise.all([ofChanged, ofOther])).toEqual(["alone", "together"]);
});

it.each([
  ["waits for a look that is under way", 5_000, ["a", "list"]],
  ["does not wait for one that seems to hang", 5_001, ["a", "list", "list"]],
])("%s", async (_name, waitedMs, expected) => {
  await read("a");
  const arrivals: (() => void)[] = [];
  answer = () => new Promise((resolve) => void arrivals.push(resolve));
  const early = read("b");
  clock.advance(waitedMs - 2_000);
  const meanwhile = read("d");
  clock.advance(2_000);
  const late = read("c");
  await new Promise(setImmediate);
  arrivals.forEach((arrive) => arrive());

  expect(await Promise.all([early, meanwhile, late])).toEqual(["together", "together", "together"]);
  expect(asked).toEqual(expected);
});

it("asks all at once again when a look ended with its caller", async () => {
  await read("a");
  const caller = new AbortController();
  answer = () => Promise.reject(new Error("cancelled"));
  caller.abort();
  await adapter.observe(reference("b"), { scope: "list" }, { ...call(2_000), signal: caller.signal });
  answer = () => Promise.resolve();

  expect(await read("c")).toBe("together");
});

it("forgets what it saw while a change was under way, also when that failed", async () => {
  let refuse = (_error: Error): void => undefined;
  const refused = new Promise<DeploymentReference>((_resolve, reject) => (refuse = reject));
  adapter = sharing({ ...platform, update: () => refused });
  const update = adapter.update(reference("c"), { from: {}, to: {}, live: snapshot("ready") }, call(0));
  await read("a");
  await read("b");
  refuse(new Error("409"));
  await expect(update).rejects.toThrow("409");
  await read("c");

  expect(asked).toEqual(["a", "list", "list"]);
});
