/** The functions of the provider, against the simulated platforms. */
import { createConnections } from "../../provider/connection/connection";
import { functions, invoke } from "../../provider/functions/registry";
import { systemClock } from "../../provider/wait/clock";
import { type Simulator, startSimulator } from "../../simulator";
import { makeOneOnEach } from "../support/made-outside";

let simulator: Simulator;
let ids: Awaited<ReturnType<typeof makeOneOnEach>>;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0, scenario: { deepinfra: { unavailableGpus: ["B300-270GB"] } } });
  ids = await makeOneOnEach(simulator);
  simulator.configure({ foundry: { missingModels: ["ri.models.main.model.nowhere"] } });
});

afterAll(async () => {
  const changing = simulator
    .requests()
    .filter(({ method, path }) => method !== "GET" && !/\/(token|_search)$/.test(path));
  expect(changing.map(({ path }) => path)).toEqual(["/deploy/llm", "/api/v2/models/liveDeployments"]);
  expect(simulator.violations()).toEqual([]);
  await simulator.close();
});

const silence = (): void => {};

async function call(name: string, inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
  const connections = createConnections({
    config: () => undefined,
    explicit: false,
    environment: simulator.environment(),
  });
  const log = { status: silence, info: silence, warn: silence };
  const signal = new AbortController().signal;
  const found = await invoke(name, inputs, { connections, log, signal, timeoutSeconds: undefined, clock: systemClock });
  return "output" in found ? found.output : { problems: found.problems };
}

it("are four, each with a description", () => {
  expect(Object.keys(functions).sort()).toEqual(["getDeployment", "getDeployments", "getGpuAvailability", "getModel"]);
  for (const { description } of Object.values(functions)) expect(description).toMatch(/^\w.*\.$/);
});

describe("getGpuAvailability", () => {
  it("tells stock and price of one kind and count", async () => {
    expect(await call("getGpuAvailability", { gpu: "H100-80GB", numGpus: 2 })).toEqual({
      gpus: [{ gpu: "H100-80GB", numGpus: 2, usdPerHour: 4.4, available: true }],
    });
    expect(await call("getGpuAvailability", { gpu: "B300-270GB", numGpus: 1 })).toMatchObject({
      gpus: [{ available: false }],
    });
  });

  it("tells all without a filter, and nothing of a row that it does not understand or that lacks the facts", async () => {
    expect((await call("getGpuAvailability", {}))["gpus"]).toHaveLength(20);
    const gpus = [{ gpu_config: "many" }, { gpu_config: "1xL4-24GB", usd_per_hour: "free", available: null }];
    simulator.fault({ platform: "deepinfra", kind: "status", status: 200, body: { gpus } });
    expect(await call("getGpuAvailability", {})).toEqual({ gpus: [{ gpu: "L4-24GB", numGpus: 1 }] });
  });
});

describe("getDeployment", () => {
  it.each([
    ["deepinfra", { status: "ready", model: expect.stringMatching(/^deploy_id:/) as string }],
    ["foundry", { status: "ready", platformStatus: "ACTIVE" }],
    ["opensearch", { status: "ready", platformStatus: "DEPLOYED" }],
    ["kore", { status: "unknown", ready: false, reason: expect.stringContaining("its console can") as string }],
  ] as const)("tells of one on %s what a resource tells, and no input", async (platform, expected) => {
    const found = await call("getDeployment", { id: ids[platform] });

    expect(found).toMatchObject({ ...expected, id: ids[platform], platform });
    expect(Object.keys(found).filter((key) => [platform, "modelRid", "runtimeConfiguration"].includes(key))).toEqual(
      [],
    );
    expect(JSON.stringify(found)).not.toContain("hf_token-of-somebody-else");
  });

  it("says that there is none", async () => {
    await expect(call("getDeployment", { id: "deepinfra/nowhere" })).rejects.toThrow("there is no deployment nowhere");
    await expect(call("getDeployment", { id: "nowhere" })).rejects.toThrow("give deepinfra/<id> or kore/<id>");
  });
});

describe("getDeployments", () => {
  it("lists with hardware and price, where the platform tells them", async () => {
    expect(await call("getDeployments", { platform: "deepinfra" })).toEqual({
      deployments: [
        {
          id: ids.deepinfra,
          deploymentId: ids.deepinfra.slice("deepinfra/".length),
          name: "simulated/outside",
          status: "ready",
          platformStatus: "running",
          createdAt: expect.stringMatching(/^20.*Z$/) as string,
          replicas: expect.anything() as object,
          hardware: "2 × A100-80GB, 0 to 3 instances",
          usdPerHour: expect.any(Number) as number,
        },
      ],
    });
    expect(await call("getDeployments", { platform: "opensearch" })).toMatchObject({
      deployments: [{ id: ids.opensearch }],
    });
    const models = ["ri.models.main.model.outside"];
    expect(await call("getDeployments", { platform: "foundry", models })).toMatchObject({
      deployments: [{ id: ids.foundry, name: "ri.models.main.model.outside main" }],
    });
  });

  it("says where a list is not to be had", async () => {
    await expect(call("getDeployments", { platform: "kore" })).rejects.toThrow(/^Kore\.ai cannot list.*its console/);
    await expect(call("getDeployments", { platform: "foundry" })).rejects.toThrow("give `models`");
  });
});

describe("getModel", () => {
  it("tells what the platform tells", async () => {
    expect(await call("getModel", { platform: "opensearch", modelId: "SimulatedRemoteModel" })).toEqual({
      platform: "opensearch",
      modelId: "SimulatedRemoteModel",
      name: expect.any(String) as string,
      platformStatus: "DEPLOYED",
      details: { algorithm: "REMOTE", modelVersion: expect.any(String) as string },
    });
    expect(await call("getModel", { platform: "foundry", modelId: "ri.models.main.model.any" })).toEqual({
      platform: "foundry",
      modelId: "ri.models.main.model.any",
      details: {},
    });
  });

  it.each([
    ["opensearch", "Nowhere"],
    ["foundry", "ri.models.main.model.nowhere"],
  ])("says that %s has none", async (platform, modelId) => {
    await expect(call("getModel", { platform, modelId })).rejects.toThrow(`there is no model ${modelId}`);
  });
});

it.each([
  ["getGpuAvailability", { gpu: 1, numGpu: 2 }, ["gpu must be a text", "numGpu is not a known property"]],
  ["getDeployment", {}, ["id is required"]],
  ["getDeployments", { platform: "deepinfa" }, ["platform must be"]],
  ["getModel", { platform: "kore" }, ["platform must be", "modelId is required"]],
])("%s refuses %j before it asks anybody", async (name, inputs, expected) => {
  const { problems } = (await call(name, inputs)) as { problems: { path: string; message: string }[] };
  const texts = problems.map(({ path, message }) => `${path} ${message}`);

  expect(texts).toEqual(expected.map((text) => expect.stringContaining(text) as string));
});

it("is no function that is not among them", async () => {
  await expect(call("getModels", {})).rejects.toThrow('there is no function getModels (did you mean "getModel"?)');
  await expect(call("constructor", {})).rejects.toThrow("there is no function constructor");
});
