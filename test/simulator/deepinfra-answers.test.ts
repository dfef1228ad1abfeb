import { type Simulator, startSimulator } from "../../simulator";
import { createDeployment, deepinfra } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(() => simulator.close());

const request = (method: string, path: string, body?: unknown) => deepinfra(simulator, method, path, body);
const create = (change?: Record<string, unknown>) => createDeployment(simulator, change);
const read = (id: string) => request("GET", `/deploy/${id}`);

describe("list", () => {
  it("is a bare array with rows that are no deployments and rows of earlier ones", async () => {
    simulator.configure({ deepinfra: { leftoverNames: ["simulated/llama"] } });
    const id = await create();

    const rows = (await request("GET", "/deploy/list")).json as { type?: string; deploy_id: string; status: string }[];
    expect(rows.map(({ type, status }) => [type, status])).toEqual([
      [undefined, "running"],
      ["legacy", "running"],
      ["llm", "failed"],
      ["llm", "deleted"],
      ["llm", "running"],
    ]);
    expect(rows.at(-1)?.deploy_id).toBe(id);
  });

  it("filters by status and refuses an unknown one", async () => {
    simulator.configure({ deepinfra: { legacyRows: false } });
    const id = await create();

    expect((await request("GET", "/deploy/list?status=failed,deleted")).json).toEqual([]);
    expect((await request("GET", "/deploy/list?status=failed,running")).json).toMatchObject([{ deploy_id: id }]);
    expect(await request("GET", "/deploy/list?status=updating")).toMatchObject({
      status: 400,
      json: { error: "Unknown status updating" },
    });
    expect((await request("GET", "/deploy/list/")).json).toHaveLength(1);
  });

  it("records an undocumented parameter as a violation", async () => {
    await request("GET", "/deploy/list?limit=5");

    expect(simulator.violations()).toEqual(["GET /deploy/list: query parameter limit: not documented"]);
  });
});

describe("what answers look like", () => {
  it.each(["null", "absent"] as const)("may leave out the optional parts: %s", async (optionalParts) => {
    simulator.configure({ deepinfra: { optionalParts } });
    const { at } = await read(await create());

    const expected = optionalParts === "null" ? null : undefined;
    for (const part of ["config", "instances", "settings"]) expect(at(part)).toBe(expected);
  });

  it("may echo the token, and have timestamps without a zone", async () => {
    simulator.configure({ deepinfra: { echoToken: true, timestamps: "no-zone" } });
    const { at } = await read(await create({ hf: { repo: "acme/llama", token: "hf_secret" } }));

    expect(at("config.weights.token")).toBe("hf_secret");
    expect(at("created_at")).toMatch(/:\d\d$/);
  });

  it("may be of a newer API", async () => {
    simulator.configure({ deepinfra: { newerApi: true } });
    const { json } = await read(await create());

    expect(json).toMatchObject({
      config: { max_batch_size: 256 },
      instances: { warming: 0 },
      rollout: { up_to_date: 1 },
      update_error: null,
    });
    expect((await request("GET", "/deploy/list?status=updating")).status).toBe(200);
  });

  it("hints at free GPUs", async () => {
    simulator.configure({ deepinfra: { unavailableGpus: ["B200-180GB"] } });

    const gpus = (await request("GET", "/deploy/llm/gpu_availability")).at("gpus");
    expect(gpus).toContainEqual({ gpu_config: "2xA100-80GB", usd_per_hour: 1.78, available: true, recommended: false });
    expect(gpus).toContainEqual({
      gpu_config: "8xB200-180GB",
      usd_per_hour: 29.52,
      available: false,
      recommended: false,
    });
  });
});

describe("inference", () => {
  const chat = (model: string, more = {}) =>
    request("POST", "/v1/openai/chat/completions", { model, messages: [{ role: "user", content: "Hello" }], ...more });

  it("answers by id and by full name when it runs", async () => {
    const id = await create();

    for (const model of [`deploy_id:${id}`, "simulated/llama"]) {
      const { status, json, at } = await chat(model);
      expect(status).toBe(200);
      expect(json).toMatchObject({
        object: "chat.completion",
        model: "simulated/llama",
        choices: [{ index: 0, message: { role: "assistant" }, finish_reason: "stop" }],
      });
      expect(at("choices.0.message.content")).toContain("Hello");
    }
  });

  it("answers 404 when it does not run or is not known", async () => {
    const id = await create();
    simulator.act({ platform: "deepinfra", id, action: "stop" });

    for (const model of [`deploy_id:${id}`, "simulated/llama", "llama", "deploy_id:unknown"]) {
      expect(await chat(model)).toMatchObject({ status: 404, json: { error: { type: "invalid_request_error" } } });
    }
  });

  it("refuses what it cannot answer", async () => {
    expect((await chat("x", { stream: true })).status).toBe(400);
    expect((await request("POST", "/v1/openai/chat/completions", { model: "x" })).status).toBe(422);
  });
});
