/** A thousand deployments of one account, by the real client with its pace, on a clock that tests turn. */
import { setMaxListeners } from "node:events";
import { mostWithin } from "../../bench/scale/figures";
import { createConnections } from "../../provider/connection/connection";
import { noIntentRecord } from "../../provider/intent/intent";
import { create } from "../../provider/lifecycle/create";
import { read } from "../../provider/lifecycle/read";
import type { LifecycleCall } from "../../provider/lifecycle/resource-lifecycle";
import { readiness } from "../../provider/readiness";
import { modelDeployment } from "../../provider/resources/model-deployment";
import type { Clock } from "../../provider/wait/clock";
import { createMemoryAccount } from "../support/memory-account";

const count = 1_000;
const requestsPerSecond = 100;
const waitMs = 5_000;

const account = createMemoryAccount();

jest.mock("undici", () => ({
  ...jest.requireActual<object>("undici"),
  request: (url: string, options: { method: string; body?: string }) => account.answer(url, options),
}));

/** Sleeps of waits, which are many: a timer of Jest's for each would take minutes. */
const sleepers = new Set<{ dueMs: number; wake: () => void }>();

const clock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((wake) => {
      sleepers.add({ dueMs: performance.now() + ms, wake });
      signal.addEventListener("abort", () => wake(), { once: true });
    }),
  every: () => () => undefined,
};

async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  for (const sleeper of sleepers) {
    if (sleeper.dueMs <= performance.now() && sleepers.delete(sleeper)) sleeper.wake();
  }
}

function openCall(): LifecycleCall {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const say = (): void => undefined;
  const environment = { DEEPINFRA_API_KEY: "key", DEEPINFRA_URL: "http://127.0.0.1:1" };
  const connections = createConnections({ config: () => undefined, explicit: false, environment }, undefined, clock);
  const log = { status: say, info: say, warn: say };
  return { connections, log, intent: noIntentRecord, signal, timeoutSeconds: 3_600, clock };
}

/** Lets time pass until it is done, and tells what the account was asked meanwhile. */
async function during<Result>(run: Promise<Result>): Promise<{ result: Result; asked: Record<string, number> }> {
  const before = account.requests.length;
  let isOver = false;
  const done = run.finally(() => (isOver = true));
  while (!isOver) await pass(100);
  const asked: Record<string, number> = {};
  for (const { route } of account.requests.slice(before)) asked[route] = (asked[route] ?? 0) + 1;
  return { result: await done, asked };
}

beforeAll(() => void jest.useFakeTimers());
afterAll(() => void jest.useRealTimers());

test("cost few requests each, evenly spread, and none for each look of a wait", async () => {
  const call = openCall();
  const models = Array.from({ length: count }, (_, index) => ({
    deepinfra: { modelName: `m-${index}`, gpu: "H100-80GB", hf: { repo: "acme/m" } },
    waitForReady: false,
  }));
  const making = models.map((inputs) => create({ ...call, kind: modelDeployment }, inputs));
  const made = await during(Promise.all(making));
  expect(made.asked).toEqual({ "GET /deploy/list": 1, "POST /deploy/llm": count });

  const deployments = Object.fromEntries(made.result.map(({ id }, index) => [`m-${index}`, { id }]));
  const waiting = during(readiness.create(call, { deployments }));
  const looksBefore = account.requests.length;
  setTimeout(() => account.finish(), waitMs);
  const waited = await waiting;
  const looks = account.requests.slice(looksBefore).filter(({ atMs }) => atMs < account.finishedMs);
  expect(waited.result.state["ready"]).toBe(true);
  expect(looks.length).toBeLessThan(count / 10);
  expect(looks.length).toBeGreaterThan(2);

  // Another command, some time later.
  await pass(waitMs);
  const again = openCall();
  const reading = made.result.map(({ id, state }) => read({ ...again, kind: modelDeployment }, id, state));
  const seen = await during(Promise.all(reading));
  expect(seen.result.map((one) => one?.state["status"])).toEqual(models.map(() => "ready"));
  expect(seen.asked).toEqual({ "GET /deploy/{id}": 1, "GET /deploy/list": 1 });

  expect(
    mostWithin(
      account.requests.map(({ atMs }) => atMs),
      1_000,
    ),
  ).toBe(requestsPerSecond);
});
