import { type Simulator, startSimulator } from "../../simulator";
import { call, createBody, deepinfra, kore } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(() => simulator.close());

describe("the log of requests", () => {
  it("records what was sent, in order, with the platform and the answer", async () => {
    await deepinfra(simulator, "GET", "/deploy/list?status=running,failed");
    await kore(simulator, "GET", "/api/public/dock-status/ds%2F1");

    expect(simulator.requests()).toMatchObject([
      {
        sequence: 1,
        platform: "deepinfra",
        method: "GET",
        path: "/deploy/list",
        query: { status: "running,failed" },
        status: 200,
        violations: [],
      },
      { sequence: 2, platform: "kore", path: "/api/public/dock-status/ds%2F1", query: {}, status: 404 },
    ]);
  });

  it("filters by platform, method and path", async () => {
    await deepinfra(simulator, "POST", "/deploy/llm", createBody);
    await deepinfra(simulator, "GET", "/deploy/list");
    await kore(simulator, "GET", "/api/public/dock-status/ds-1");

    expect(simulator.requests({ platform: "kore" })).toHaveLength(1);
    expect(simulator.requests({ method: "post" })).toHaveLength(1);
    expect(simulator.requests({ path: /^\/deploy/g })).toHaveLength(2);
    expect(simulator.requests({ platform: "deepinfra", method: "GET", path: /llm/ })).toHaveLength(0);
  });

  it("masks credentials and secret fields, and keeps the raw request for tests", async () => {
    const body = { ...createBody, hf: { repo: "acme/llama", token: "hf_very_secret" } };
    await deepinfra(simulator, "POST", "/deploy/llm", body);

    const [request] = simulator.requests();
    expect(request?.headers["authorization"]).toBe("Bearer [secret]");
    expect(request?.body).toEqual({ ...body, hf: { repo: "acme/llama", token: "[secret]" } });
    expect(request?.rawHeaders["authorization"]).toBe("Bearer simulator-deepinfra-key");
    expect(JSON.parse(request?.rawBody ?? "")).toEqual(body);
  });

  it("masks a credential wherever it was put by mistake", async () => {
    const key = simulator.credentials.deepinfraApiKey;
    await deepinfra(simulator, "GET", `/deploy/${key}?api_key=abc&status=${key}`);
    await deepinfra(simulator, "POST", "/deploy/llm", `{"hf": {"token": "cut short`);

    const [first, second] = simulator.requests();
    expect(JSON.stringify({ ...first, rawHeaders: undefined })).not.toContain(key);
    expect(first?.query["api_key"]).toBe("[secret]");
    expect(second?.body).toBe("[27 characters that are not JSON]");
  });

  it("tells a subscriber of each request and of its answer", async () => {
    const seen: unknown[] = [];
    const unsubscribe = simulator.subscribe(({ sequence, status }) => seen.push([sequence, status]));
    await deepinfra(simulator, "GET", "/v1/me");
    unsubscribe();
    await deepinfra(simulator, "GET", "/v1/me");

    expect(seen).toEqual([
      [1, undefined],
      [1, 200],
    ]);
  });
});

describe("paths that nobody serves", () => {
  it("answers 404 in the platform's shape, and records them", async () => {
    expect(await deepinfra(simulator, "GET", "/deploy/llm/nothing/here")).toMatchObject({
      status: 404,
      json: { error: expect.stringContaining("DeepInfra has no GET") as string },
    });
    expect(await kore(simulator, "PATCH", "/api/public/models/cm-1/deploy")).toMatchObject({
      status: 404,
      json: { errors: [{ code: 404 }] },
    });
    expect((await call(simulator.url, "GET", "/elsewhere")).status).toBe(404);
    expect(simulator.requests().map(({ platform, status }) => [platform, status])).toEqual([
      ["deepinfra", 404],
      ["kore", 404],
      ["unknown", 404],
    ]);
  });
});

describe("the simulator", () => {
  it("names the variables that point a client at it", async () => {
    expect(simulator.environment()).toMatchObject({
      DEEPINFRA_URL: simulator.url,
      DEEPINFRA_API_KEY: "simulator-deepinfra-key",
      KORE_HOST: simulator.url,
      KORE_API_KEY: "simulator-kore-key",
    });
    expect(simulator.environment("kore")).toEqual({ KORE_HOST: simulator.url, KORE_API_KEY: "simulator-kore-key" });

    const other = await startSimulator({ credentials: { koreApiKey: "another" } });
    expect(other.environment("kore")["KORE_API_KEY"]).toBe("another");
    expect(
      (await call(other.url, "GET", "/api/public/dock-status/x", { headers: { "x-api-key": "another" } })).status,
    ).toBe(404);
    await other.close();
  });

  it("keeps simulators apart", async () => {
    const other = await startSimulator({ readyAfterMs: 0 });
    await deepinfra(simulator, "POST", "/deploy/llm", createBody);

    expect(simulator.deployments()).toHaveLength(1);
    expect(other.deployments()).toEqual([]);
    expect(other.requests()).toEqual([]);
    await other.close();
  });

  it("lists violations with the request they were found in", async () => {
    await deepinfra(simulator, "POST", "/deploy/llm", { ...createBody, region: "eu", base_model: null });

    expect(simulator.violations()).toEqual([
      "POST /deploy/llm: base_model: Input should not be null",
      "POST /deploy/llm: region: Extra inputs are not permitted",
    ]);
  });

  it("forgets everything at a reset", async () => {
    await deepinfra(simulator, "POST", "/deploy/llm", createBody);
    simulator.fault({ kind: "status" });
    simulator.configure({ deepinfra: { displayName: "changed" } });
    simulator.reset();

    expect(simulator.deployments()).toEqual([]);
    expect(simulator.requests()).toEqual([]);
    expect((await deepinfra(simulator, "GET", "/v1/me")).json).toEqual({ display_name: "simulated" });
    expect(simulator.requests()[0]?.sequence).toBe(1);
  });

  it("refuses a change to what does not exist", () => {
    expect(() => simulator.act({ platform: "azure", id: "x", action: "stop" })).toThrow(
      /no simulated platform "azure"/,
    );
    expect(() => simulator.act({ platform: "deepinfra", id: "x", action: "stop" })).toThrow(/no deployment x/);
    expect(() => simulator.act({ platform: "deepinfra", id: "x", action: "explode" })).toThrow(
      /actions are stop, start/,
    );
    expect(() => simulator.act({ platform: "kore", id: "cm-1", action: "fail" })).toThrow(/no deployed model cm-1/);
  });

  it("rejects when the port is taken", async () => {
    await expect(startSimulator({ port: Number(new URL(simulator.url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });
});
