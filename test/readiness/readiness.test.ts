/** One wait for many deployments, against the simulated platforms. */
import { InitializationError } from "../../provider/errors";
import { check } from "../../provider/lifecycle/check";
import { readiness } from "../../provider/readiness";
import { modelDeployment } from "../../provider/resources/model-deployment";
import type { Properties } from "../../provider/resources/resource-kind";
import { deploymentId, type FleetAccount, forEver, openFleetAccount } from "./fleet-account";

let account: FleetAccount;

afterEach(() => account.simulator.close());

const finish = (member: Properties): void =>
  account.simulator.act({ platform: "deepinfra", id: deploymentId(member), action: "finish" });
const fail = (member: Properties): void =>
  account.simulator.act({ platform: "deepinfra", id: deploymentId(member), action: "fail" });

async function failureOf(run: Promise<unknown>): Promise<InitializationError> {
  const error: unknown = await run.catch((failure: unknown) => failure);
  if (!(error instanceof InitializationError)) throw new Error("it did not fail as expected", { cause: error });
  return error;
}

const saysReady = (count: string) => (line: string) => line.startsWith(`${count} ready`);

async function untilSaid(test: (line: string) => boolean): Promise<void> {
  while (!account.lines.some(test)) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a fleet on all platforms", () => {
  test("is ready when all are, with their endpoints, and with nothing in state that is not needed", async () => {
    account = await openFleetAccount(60, { kore: { immediate: true } });
    const deployments = {
      llama: await account.makeOn("deepinfra"),
      chat: await account.makeOn("kore"),
      embeddings: await account.makeOn("opensearch"),
      scorer: await account.makeOn("foundry"),
    };
    const { id, state } = await readiness.create(account.call(), { deployments });

    expect(id).toBe("readiness/fleet");
    expect(state).toMatchObject({
      statuses: { llama: "ready", chat: "ready", embeddings: "ready", scorer: "ready" },
      ready: true,
    });
    const endpoints = state["endpoints"] as Properties;
    expect(Object.keys(endpoints)).toEqual(["llama", "embeddings", "scorer"]);
    expect(endpoints["llama"]).toBe(`${account.simulator.url}/v1/openai`);
    expect(state["deployments"]).toMatchObject({ llama: { id: deployments.llama["id"], generation: 1 } });
    expect((state["deployments"] as Record<string, Properties>)["llama"]).not.toHaveProperty("details");
    expect(account.lines).toContainEqual(expect.stringMatching(/^4\/4 ready$/));
    expect(readiness.diff(state, { deployments }).changes).toBe(false);

    const { state: refreshed } = (await readiness.read(account.call(), id, state)) ?? {};
    expect(refreshed).toEqual(state);
    const sent = account.simulator.requests().length;
    await readiness.delete(account.call(), id, state);
    expect(account.simulator.requests()).toHaveLength(sent);
    expect(account.simulator.violations()).toEqual([]);
  });

  test("counts what is disabled as it should be", async () => {
    account = await openFleetAccount(0);
    const scorer = await account.makeOn("foundry");
    account.simulator.act({ platform: "foundry", id: deploymentId(scorer), action: "disable" });
    const deployments = { scorer: { ...scorer, inputs: { ...(scorer["inputs"] as object), enabled: false } } };
    const { state } = await readiness.create(account.call(), { deployments });

    expect(state).toMatchObject({ statuses: { scorer: "stopped" }, ready: true });
  });
});

describe("one that fails", () => {
  let deployments: Record<string, Properties>;
  let error: InitializationError;

  beforeEach(async () => {
    account = await openFleetAccount(forEver);
    deployments = { good: await account.makeLlama("good"), bad: await account.makeLlama("bad") };
    fail(deployments["bad"] as Properties);
    const running = failureOf(readiness.create(account.call(), { deployments }));
    await untilSaid((line) => line.includes("1 failed"));
    finish(deployments["good"] as Properties);
    error = await running;
  });

  test("does not end the wait for the others, and is told with its name, its id, and what to do", () => {
    const id = deploymentId(deployments["bad"] ?? {});
    expect(error.id).toBe("readiness/fleet");
    expect(error.message).toBe("1 of 2 deployments are not ready");
    expect(error.reasons).toHaveLength(2);
    expect(error.reasons[0]).toMatch(new RegExp(`^bad: DeepInfra deployment ${id} is failed: .*seen: `));
    expect(error.reasons[1]).toContain("`pulumi up --refresh` replaces or repairs what failed");
    expect(error.properties).toMatchObject({ statuses: { good: "ready", bad: "failed" }, ready: false });
    expect(account.lines).toContainEqual(expect.stringMatching(/^1\/2 ready · 1 failed/));
  });

  test("is waited for again when it was replaced", async () => {
    const state = error.properties;
    expect(readiness.diff(state, { deployments })).toMatchObject({ changes: true, repair: "update", replaces: [] });
    const again = { ...deployments, bad: await account.makeLlama("bad-2") };
    finish(again["bad"]);

    expect(await readiness.update(account.call(), error.id, state, { deployments: again })).toMatchObject({
      statuses: { good: "ready", bad: "ready" },
      ready: true,
    });
  });
});

test("a wait that was cancelled is taken up where it was, and asks for nothing anew", async () => {
  account = await openFleetAccount(forEver);
  const deployments = { a: await account.makeLlama("a"), b: await account.makeLlama("b") };
  finish(deployments.a);
  const abort = new AbortController();
  const running = failureOf(readiness.create(account.call({ signal: abort.signal }), { deployments }));
  await untilSaid(saysReady("1/2"));
  abort.abort();
  const error = await running;

  expect(error.reasons[0]).toMatch(/^the wait for 1 of 2 was cancelled after .*: b$/);
  expect(error.properties).toMatchObject({ statuses: { a: "ready", b: "pending" }, ready: false });

  finish(deployments.b);
  const changing = (): number => account.simulator.requests().filter(({ method }) => method !== "GET").length;
  const before = changing();
  const state = await readiness.update(account.call(), error.id, error.properties, { deployments });
  expect(state).toMatchObject({ ready: true });
  expect(changing()).toBe(before);
});

test("what a platform repeats of a deployment's secret is masked, also in a process that did not make it", async () => {
  account = await openFleetAccount(0);
  const token = "hf_token-that-is-echoed";
  const deepinfra = { modelName: "echo", gpu: "H100-80GB", hf: { repo: "acme/echo", token } };
  const member = await account.make(modelDeployment, { deepinfra });
  account.simulator.fault({ kind: "status", status: 400, body: { detail: `no weights with ${token}` }, times: 100 });
  const call = account.call({ connections: account.connectAnew() });
  // As the engine does, before it comes to what depends on the deployment.
  check(modelDeployment, { deepinfra }, call.connections, false);
  const error = await failureOf(readiness.create(call, { deployments: { echo: member } }));

  expect(error.reasons[0]).toContain("no weights with [secret]");
  const state = { ...error.properties, ready: true };
  await readiness.read(account.call({ connections: account.connectAnew() }), error.id, state);
  expect(account.lines).toContainEqual("echo: its status is unknown: error 400");
  expect(JSON.stringify([error, error.reasons, account.lines])).not.toContain(token);
});

test("a deadline lists what is late, and keeps what is known", async () => {
  account = await openFleetAccount(forEver);
  const deployments = { slow: await account.makeLlama("slow"), quick: await account.makeLlama("quick") };
  finish(deployments.quick);
  const error = await failureOf(readiness.create(account.call({ timeoutSeconds: 20 }), { deployments }));

  expect(error.reasons[0]).toMatch(/^slow: DeepInfra deployment \S+ is not ready after 20s, seen: /);
  expect(error.reasons[1]).not.toContain("--refresh");
  expect(error.properties).toMatchObject({ statuses: { slow: "pending", quick: "ready" } });
  expect(account.lines).toContainEqual(expect.stringMatching(/^1\/2 ready · slowest: slow initializing \d+s$/));
});

describe("a refresh", () => {
  test("sees what failed since, and the next up waits again", async () => {
    account = await openFleetAccount(0);
    const deployments = { a: await account.makeLlama("a"), b: await account.makeLlama("b") };
    const { id, state } = await readiness.create(account.call(), { deployments });
    fail(deployments.b);
    const connections = account.connectAnew();
    const refreshed = await readiness.read(account.call({ connections }), id, state);

    expect(refreshed?.state).toMatchObject({ statuses: { a: "ready", b: "failed" }, ready: false });
    expect(readiness.diff(refreshed?.state ?? {}, { deployments }).repair).toBe("update");
  });

  test("does not fail when a platform cannot be asked, and says which deployments are unknown", async () => {
    account = await openFleetAccount(0);
    const deployments = { a: await account.makeLlama("a"), m: await account.makeOn("opensearch") };
    const { id, state } = await readiness.create(account.call(), { deployments });
    account.simulator.fault({ kind: "status", status: 503, times: 100, path: "^/_plugins" });
    const connections = account.connectAnew();
    const refreshed = await readiness.read(account.call({ connections }), id, state);

    expect(refreshed?.state).toMatchObject({ statuses: { a: "ready", m: "unknown" }, ready: true });
    expect(refreshed?.state["endpoints"]).toEqual(state["endpoints"]);
    expect(account.lines).toContainEqual(expect.stringMatching(/^m: its status is unknown: .*503/));
  });
});

test("of a hundred deployments a state keeps little, and a wait needs no more than a look at each beside lists", async () => {
  account = await openFleetAccount(0);
  const names = Array.from({ length: 100 }, (_, index) => `llama-${index}`);
  const made: [string, Properties][] = [];
  for (const name of names) made.push([name, await account.makeLlama(name)]);
  const deployments = Object.fromEntries(made.map(([name, { id, generation }]) => [name, { id, generation }]));
  const before = account.simulator.requests().length;
  const { state } = await readiness.create(account.call(), { deployments });

  expect(account.simulator.requests().length - before).toBeLessThanOrEqual(2 * names.length);
  expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(20_000);
});
