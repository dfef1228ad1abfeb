import { type Simulator, startSimulator } from "../../simulator";
import { call, createBody, deepinfra } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(() => simulator.close());

const admin = (method: string, path: string, body?: unknown) =>
  call(simulator.url, method, `/simulator${path}`, { body });

async function createLlama(): Promise<string> {
  const answer = await deepinfra(simulator, "POST", "/deploy/llm", {
    ...createBody,
    hf: { repo: "acme/llama", token: "hf_very_secret" },
  });
  return String(answer.at("deploy_id"));
}

it("shows the state: deployments, scenario, faults that wait", async () => {
  const id = await createLlama();
  simulator.fault({ kind: "status", path: "never", body: { token: "hf_very_secret" } });

  expect((await admin("GET", "/state")).json).toMatchObject({
    url: simulator.url,
    scenario: { readyAfterMs: 0, outcome: "ready" },
    faults: [{ kind: "status", path: "never", times: 1, skip: 0 }],
    deployments: [{ platform: "deepinfra", id, name: "simulated/llama", status: "running" }],
  });
});

it("lists requests, filtered", async () => {
  await createLlama();
  await deepinfra(simulator, "GET", "/deploy/list");

  const answer = await admin("GET", "/requests?platform=deepinfra&method=POST&path=llm%24");
  expect(answer.at("requests")).toMatchObject([{ sequence: 1, path: "/deploy/llm", status: 200 }]);
  expect((await admin("GET", "/requests?path=%28")).status).toBe(400);
});

it("injects faults", async () => {
  expect((await admin("POST", "/faults", { kind: "status", status: 418 })).status).toBe(200);
  expect((await deepinfra(simulator, "GET", "/v1/me")).status).toBe(418);
  expect(await admin("POST", "/faults", { kind: "explode" })).toMatchObject({
    status: 400,
    json: { error: expect.stringContaining("kind") as string },
  });
});

it("makes changes from outside", async () => {
  const id = await createLlama();

  const answer = await admin("POST", "/act", { platform: "deepinfra", id, action: "stop" });
  expect(answer.at("deployments")).toMatchObject([{ id, status: "stopped" }]);
  expect((await admin("POST", "/act", { platform: "deepinfra", id: "x", action: "stop" })).status).toBe(400);
  expect((await admin("POST", "/act", { platform: "deepinfra", id })).at("error")).toContain("action");
  expect((await admin("POST", "/act", [])).status).toBe(400);
});

it("changes the scenario, by name or in detail", async () => {
  await admin("POST", "/scenario", '"no-capacity"');
  await admin("POST", "/scenario", { deepinfra: { displayName: "acme" } });
  const id = await createLlama();

  expect((await deepinfra(simulator, "GET", `/deploy/${id}`)).json).toMatchObject({
    model_name: "acme/llama",
    fail_reason: "no-gpu-available",
  });
  expect((await admin("POST", "/scenario", '"nonsense"')).status).toBe(400);
  expect((await admin("POST", "/scenario", "{")).json).toMatchObject({ error: "the body must be JSON" });
});

it("resets", async () => {
  await createLlama();
  const before = (await admin("GET", "/state")).at("run");

  const after = await admin("POST", "/reset");
  expect(after.at("deployments")).toEqual([]);
  expect(after.at("run")).not.toBe(before);
  expect(simulator.requests()).toEqual([]);
});

it("keeps its own routes out of the log", async () => {
  await admin("GET", "/state");
  expect((await admin("GET", "/nothing")).status).toBe(404);
  await call(simulator.url, "GET", "/");

  expect(simulator.requests()).toEqual([]);
});

describe("the page", () => {
  it("is one file without outside resources", async () => {
    const { status, text, headers } = await call(simulator.url, "GET", "/");

    expect(status).toBe(200);
    expect(headers.get("content-type")).toContain("text/html");
    expect(text).toContain("<title>pulumi-inference simulator</title>");
    expect(text).not.toMatch(/https?:|<script src|<link rel="stylesheet"|@import/);
  });

  it("is told of what there is, and then of what happens", async () => {
    const id = await createLlama();
    const events = await openEvents();

    expect(await events.until(/"sequence":1,/)).toContain(`"id":"${id}"`);
    await deepinfra(simulator, "GET", "/v1/me");
    expect(await events.until(/"sequence":2,.*"status":200/)).toContain('"path":"/v1/me"');
    simulator.act({ platform: "deepinfra", id, action: "stop" });
    await events.until(/event: state\ndata: .*"stopped"/);
    events.close();
  });
});

it("shows no secret, on any route", async () => {
  simulator.configure({ deepinfra: { echoToken: true } });
  const id = await createLlama();
  await deepinfra(simulator, "GET", `/deploy/${id}`);
  const form = { authorization: "Basic c2VjcmV0", "content-type": "application/x-www-form-urlencoded" };
  await call(simulator.url, "POST", "/v1/me", { headers: form, body: "client_secret=form_secret&grant=x" });
  await deepinfra(simulator, "POST", "/deploy/llm", '{"hf": {"token": "hf_very_secret"');

  const events = await openEvents();
  const shown = [
    await events.until(/"sequence":4,/),
    (await admin("GET", "/state")).text,
    (await admin("GET", "/requests")).text,
    (await call(simulator.url, "GET", "/")).text,
  ].join("\n");
  events.close();

  const secrets = ["hf_very_secret", "form_secret", "c2VjcmV0", ...Object.values<string>({ ...simulator.credentials })];
  expect(shown).toContain('"grant":"x"');
  expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
});

async function openEvents() {
  const abort = new AbortController();
  const response = await fetch(`${simulator.url}/simulator/events`, { signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let received = "";
  return {
    /** All that was received, as soon as it matches. */
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(received)) received += (await reader?.read())?.value ?? "";
      return received;
    },
    close: () => abort.abort(),
  };
}
