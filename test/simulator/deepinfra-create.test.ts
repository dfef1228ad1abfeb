import { type Simulator, startSimulator } from "../../simulator";
import { call, createBody, createDeployment, deepinfra } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(() => simulator.close());

const request = (method: string, path: string, body?: unknown) => deepinfra(simulator, method, path, body);
const create = (change?: Record<string, unknown>) => createDeployment(simulator, change);
const read = (id: string) => request("GET", `/deploy/${id}`);

describe("create", () => {
  it("answers the documented shape, at the first state, with the account's prefix", async () => {
    const { status, json } = await request("POST", "/deploy/llm", {
      model_name: "llama",
      gpu: "A100-80GB",
      num_gpus: 2,
      max_batch_size: 8,
      hf: { repo: "acme/llama", revision: "main", token: "hf_secret" },
      settings: { min_instances: 2, max_instances: 3 },
      extra_args: ["--max-model-len", "32768"],
    });

    expect(status).toBe(200);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/) as string;
    expect(json).toEqual({
      type: "llm",
      deploy_id: expect.stringMatching(/^[A-Za-z0-9]{16}$/) as string,
      model_name: "simulated/llama",
      version: "",
      task: "text-generation",
      status: "initializing",
      fail_reason: "",
      created_at: time,
      updated_at: time,
      instances: { running: 0, pending: 2 },
      config: {
        gpu: "A100-80GB",
        num_gpus: 2,
        max_batch_size: 8,
        weights: { repo: "acme/llama", revision: "main", token: null },
      },
      settings: { min_instances: 2, max_instances: 3 },
    });
    expect(simulator.violations()).toEqual([]);
  });

  it("fills in the documented defaults", async () => {
    const { json } = await read(await create());

    expect(json).toMatchObject({
      status: "running",
      instances: { running: 1, pending: 0 },
      config: { num_gpus: 1, max_batch_size: 96 },
      settings: { min_instances: 1, max_instances: 1 },
    });
  });

  it.each([
    ["no gpu", { gpu: undefined }, "gpu"],
    ["an unknown gpu", { gpu: "H100" }, "gpu"],
    ["no model name", { model_name: undefined }, "model_name"],
    ["no GPU at all", { num_gpus: 0 }, "num_gpus"],
    ["too many GPUs", { num_gpus: 9 }, "num_gpus"],
    ["half a GPU", { num_gpus: 1.5 }, "num_gpus"],
    ["a batch that is too large", { max_batch_size: 257 }, "max_batch_size"],
    ["weights without a repository", { hf: { revision: "main" } }, "hf.repo"],
    ["arguments that are no list", { extra_args: "--x" }, "extra_args"],
    ["a text as a number", { settings: { min_instances: "1" } }, "settings.min_instances"],
  ])("refuses %s with 422, without a violation", async (_what, change, path) => {
    const answer = await request("POST", "/deploy/llm", { ...createBody, ...change });

    expect(answer.status).toBe(422);
    expect(answer.at("detail")).toMatchObject([{ loc: ["body", ...path.split(".")] }]);
    expect(simulator.violations()).toEqual([]);
    expect(simulator.deployments()).toEqual([]);
  });

  it.each([
    ["an invented field", { region: "eu" }],
    ["an invented nested field", { hf: { repo: "x", branch: "main" } }],
    ["a null", { hf: null }],
    ["a nested null", { settings: { min_instances: null, max_instances: 1 } }],
    ["a minimum above the maximum", { settings: { min_instances: 2 } }],
    ["a negative minimum", { settings: { min_instances: -1, max_instances: 1 } }],
  ])("refuses %s as a violation", async (_what, change) => {
    expect((await request("POST", "/deploy/llm", { ...createBody, ...change })).status).toBe(422);
    expect(simulator.violations()).toHaveLength(1);
    expect(simulator.requests()[0]?.violations).toHaveLength(1);
  });

  it("can ignore undocumented fields as the platform probably does, and records them all the same", async () => {
    simulator.configure({ deepinfra: { strict: false } });
    const settings = { min_instances: 3, max_instances: 2 };
    const id = await create({ region: "eu", base_model: null, settings });

    expect(simulator.violations()).toHaveLength(3);
    expect((await read(id)).at("settings")).toEqual(settings);
    expect((await request("POST", "/deploy/llm", { ...createBody, num_gpus: 0 })).status).toBe(422);
  });

  it("refuses a body that is no JSON", async () => {
    expect((await request("POST", "/deploy/llm", "{")).status).toBe(422);
    expect((await request("POST", "/deploy/llm")).status).toBe(422);
  });

  it("has two shapes for 422", async () => {
    simulator.configure({ deepinfra: { validationError: "error" } });

    const { at } = await request("POST", "/deploy/llm", { ...createBody, num_gpus: 0 });
    expect(at("error")).toMatch(/^num_gpus: /);
  });
});

describe("names", () => {
  it("takes a name with the account's prefix, and no other", async () => {
    const id = await create({ model_name: "simulated/llama" });
    expect((await read(id)).at("model_name")).toBe("simulated/llama");
    expect(await request("POST", "/deploy/llm", { ...createBody, model_name: "Qwen/x" })).toMatchObject({
      status: 422,
      json: { error: "Model name prefix 'Qwen' must match user display name 'simulated'" },
    });
  });

  it("refuses an account without a display name", async () => {
    simulator.configure({ deepinfra: { displayName: "" } });

    expect(await request("POST", "/deploy/llm", createBody)).toMatchObject({
      status: 409,
      json: { error: "missing display name" },
    });
    expect((await request("GET", "/v1/me?checklist=true")).json).toEqual({
      display_name: null,
      checklist: { suspend_reason: null },
    });
  });

  it("refuses a name that a live deployment holds, until it is deleted or has failed", async () => {
    const first = await create();
    expect((await request("POST", "/deploy/llm", createBody)).status).toBe(409);
    await request("DELETE", `/deploy/${first}`);
    const second = await create();
    simulator.act({ platform: "deepinfra", id: second, action: "fail" });
    await create();

    const rows = (await request("GET", "/deploy/list")).json as { model_name: string; status: string }[];
    expect(rows.filter((row) => row.model_name === "simulated/llama").map(({ status }) => status)).toEqual([
      "deleted",
      "failed",
      "running",
    ]);
  });
});

describe("a wrong key", () => {
  it.each([
    ["403-detail", 403, { detail: { error: "Not authenticated" } }],
    ["401-error", 401, { error: "Unauthorised" }],
    [
      "401-openai",
      401,
      { error: { message: "Not authenticated", type: "invalid_request_error", param: null, code: null } },
    ],
  ] as const)("is answered in one of the shapes that were seen: %s", async (authError, status, json) => {
    simulator.configure({ deepinfra: { authError } });

    for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: "simulator-deepinfra-key" }]) {
      expect(await call(simulator.url, "GET", "/deploy/list", { headers })).toMatchObject({ status, json });
    }
  });
});
