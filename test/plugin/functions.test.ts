/** The plugin's functions, called in a process of its own. */
import { unknownValue } from "../../provider/inputs/unknown";
import { type Simulator, startSimulator } from "../../simulator";
import { makeOneOnEach } from "../support/made-outside";
import { type ProviderProcess, startProviderProcess } from "../support/provider-process";
import { until } from "../support/until";

let simulator: Simulator;
let provider: ProviderProcess;
let ids: Awaited<ReturnType<typeof makeOneOnEach>>;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  ids = await makeOneOnEach(simulator);
  provider = await startProviderProcess({ environment: simulator.environment() });
});

afterAll(async () => {
  await provider.stop();
  await simulator.close();
});

const call = (name: string, inputs: Record<string, unknown>) => provider.invoke(`inference:index:${name}`, inputs);

test.each<[string, () => Record<string, unknown>, () => object]>([
  [
    "getGpuAvailability",
    () => ({ gpu: "H100-80GB", numGpus: 2 }),
    () => ({ gpus: [{ gpu: "H100-80GB", numGpus: 2, usdPerHour: 4.4, available: true }] }),
  ],
  ["getDeployment", () => ({ id: ids.foundry }), () => ({ id: ids.foundry, platform: "foundry", status: "ready" })],
  [
    "getDeployments",
    () => ({ platform: "deepinfra", models: null }),
    () => ({ deployments: [{ id: ids.deepinfra, name: "simulated/outside", status: "ready" }] }),
  ],
  [
    "getModel",
    () => ({ platform: "opensearch", modelId: "SimulatedRemoteModel" }),
    () => ({ platform: "opensearch", modelId: "SimulatedRemoteModel", platformStatus: "DEPLOYED" }),
  ],
])("%s gives what the platform tells", async (name, inputs, expected) => {
  const { output, failures } = await call(name, inputs());

  expect(failures).toEqual([]);
  expect(output).toMatchObject(expected());
});

test("wrong inputs are told all at once, each with its property, and nobody is asked", async () => {
  const before = simulator.requests().length;
  const { failures } = await call("getGpuAvailability", { numGpus: 0, gpus: "H100-80GB" });

  expect(failures).toEqual([
    { property: "numGpus", reason: "must be a whole number of at least 1, got 0" },
    { property: "gpus", reason: expect.stringContaining('is not a known property (did you mean "gpu"?)') as string },
  ]);
  expect(simulator.requests()).toHaveLength(before);
});

test("an input that is not known yet asks nobody", async () => {
  const before = simulator.requests().length;

  expect(await call("getDeployment", { id: unknownValue })).toEqual({ output: {}, failures: [] });
  expect(simulator.requests()).toHaveLength(before);
});

test.each([
  ["inference:index:getModels", 'there is no function getModels (did you mean "getModel"?)'],
  ["inference:other:getModel", "there is no function inference:other:getModel"],
])("there is no %s", async (token, message) => {
  await expect(provider.invoke(token, {})).rejects.toThrow(message);
});

test("what the platform refuses is one sentence, with where the key comes from and without it", async () => {
  simulator.fault({ platform: "deepinfra", kind: "status", status: 401, body: { detail: "no such key" } });
  const error = await call("getGpuAvailability", {}).then(
    () => Promise.reject(new Error("it should fail")),
    (refusal: Error) => refusal,
  );

  expect(error.message).toMatch(/^DeepInfra.* answered 401: no such key; .*DEEPINFRA_API_KEY/);
  expect(error.message.split("\n")).toHaveLength(1);
  expect(error.message).not.toContain(simulator.credentials.deepinfraApiKey);
});

test("a key that the platform says back is shown nowhere", async () => {
  const key = simulator.credentials.deepinfraApiKey;
  const deployment = { deploy_id: "d1", model_name: `echo-${key}`, type: "llm", status: "running" };
  simulator.fault({ platform: "deepinfra", kind: "status", status: 200, body: [deployment] });
  const { output } = await call("getDeployments", { platform: "deepinfra" });
  simulator.fault({ platform: "deepinfra", kind: "status", status: 200, body: { gpus: [{ gpu_config: `1x${key}` }] } });
  const { output: offers } = await call("getGpuAvailability", {});
  const { opensearchPassword: password } = simulator.credentials;
  const found = { name: `echo-${password}`, algorithm: "REMOTE", model_state: "DEPLOYED" };
  simulator.fault({ platform: "opensearch", kind: "status", status: 200, body: found });
  const { output: model } = await call("getModel", { platform: "opensearch", modelId: "SimulatedRemoteModel" });

  expect(model).toMatchObject({ name: "echo-[secret]" });
  expect(output).toMatchObject({ deployments: [{ name: "echo-[secret]" }] });
  expect(offers).toMatchObject({ gpus: [{ gpu: "[secret]" }] });
  expect(JSON.stringify([output, offers, provider.log]) + provider.output()).not.toContain(key);
});

test("a cancel of the engine ends a call", async () => {
  const cancelled = await startProviderProcess({ environment: simulator.environment() });
  simulator.fault({ platform: "deepinfra", kind: "hang" });
  const asked = simulator.requests().length;
  const refused = expect(cancelled.invoke("inference:index:getGpuAvailability", {})).rejects.toThrow("cancelled");
  await until(() => simulator.requests().length > asked);
  await cancelled.cancel();
  await refused;
  await cancelled.stop();
});
