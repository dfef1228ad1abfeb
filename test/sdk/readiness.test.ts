/** What the classes hand to the engine for a wait. */
import * as pulumi from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import type * as sdk from "../../sdk";

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const registered: Registered[] = [];

void pulumi.runtime.setMocks({
  newResource({ type, name, inputs }: Registered) {
    registered.push({ type, name, inputs });
    const [platform = ""] = Object.keys(inputs).filter((key) => ["deepinfra", "kore", "opensearch"].includes(key));
    const details = { dockStatusId: "j1", taskId: "t1", modelName: "large" };
    const outputs = { platform: platform || "foundry", details, generation: 3, endpoints: {}, ready: true };
    return { id: `acme/${name}`, state: { ...outputs, ...inputs } };
  },
  call: ({ inputs }) => inputs as Record<string, unknown>,
});
// After the mocks: the classes are registered when they are made.
const inference = jest.requireActual<typeof sdk>("../../sdk");

beforeEach(() => void registered.splice(0));

const settled = (output: pulumi.Output<unknown>): Promise<void> =>
  new Promise((resolve) => void output.apply(() => resolve()));
const secret = (value: unknown): unknown => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });
const deepinfra = { modelName: "llama", gpu: "H100-80GB", hf: { repo: "acme/llama", token: "hf_1" } } as const;
const kore = {
  modelId: "m",
  modelType: "openSource",
  name: "n",
  deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
} as const;
const runtimeConfiguration = { minReplicas: 1, maxReplicas: 1 };

async function readinessOf(deployments: sdk.ReadinessArgs["deployments"]): Promise<Registered["inputs"]> {
  const readiness = new inference.Readiness("fleet", { deployments }, { customTimeouts: { create: "1h" } });
  await settled(readiness.id);
  const found = registered.find(({ type }) => type === "pulumi-nodejs:dynamic/inference:Readiness");
  if (found === undefined) throw new Error("no readiness was registered");
  return found.inputs;
}

test("deployments are told by their names, with what their platforms need, and nothing secret of the rest", async () => {
  const inputs = await readinessOf([
    new inference.ModelDeployment("llama", { deepinfra }),
    new inference.ModelDeployment("chat", { kore: { ...kore, endpoint: "https://kore.test" } }),
    new inference.ModelDeployment("vectors", { opensearch: pulumi.output({ modelId: "m", nodeIds: ["n1"] }) }),
    new inference.LiveDeployment("scorer", {
      modelRid: "ri.1",
      branch: "master",
      runtimeConfiguration,
      enabled: false,
    }),
  ]);

  expect(inputs["deployments"]).toEqual({
    llama: { id: "acme/llama", generation: 3 },
    chat: {
      id: "acme/chat",
      generation: 3,
      details: { dockStatusId: "j1" },
      inputs: { endpoint: "https://kore.test" },
    },
    vectors: { id: "acme/vectors", generation: 3, details: { taskId: "t1" }, inputs: { nodeIds: ["n1"] } },
    scorer: { id: "acme/scorer", generation: 3, inputs: { modelRid: "ri.1", enabled: false } },
  });
  expect(inputs).toMatchObject({
    __timeouts: { create: 3600 },
    __provider: 'exports.handler=()=>require("pulumi-inference/dynamic").readiness',
  });
});

test("an input that is secret in the program stays so", async () => {
  const endpoint = pulumi.secret("https://kore.test");
  const { deployments } = await readinessOf([new inference.ModelDeployment("chat", { kore: { ...kore, endpoint } })]);

  // What stands in for the engine here marks the whole property.
  expect(deployments).toMatchObject(secret({ chat: { inputs: { endpoint: "https://kore.test" } } }) as object);
});

test("an object gives other names, and takes what is no resource of the program", async () => {
  const llama = new inference.ModelDeployment("llama", { deepinfra });
  const inputs = await readinessOf({ eu: llama, elsewhere: { id: "deepinfra/d9", generation: 1 } });

  expect(inputs["deployments"]).toEqual({
    eu: { id: "acme/llama", generation: 3 },
    elsewhere: { id: "deepinfra/d9", generation: 1 },
  });
});

test("two deployments of one name, and what is no deployment, are refused", async () => {
  const make = () => new inference.ModelDeployment("twice", { deepinfra });
  const [one, other] = [make(), make()];
  await settled(pulumi.all([one.id, other.id]));

  expect(() => new inference.Readiness("r", { deployments: [one, other] })).toThrow(/Readiness r: two .*"twice"/);
  expect(() => new inference.Readiness("r", { deployments: ["x" as never] })).toThrow(/deployments\[0\] must be/);
});

test("a fleet makes deployments that wait for nothing, and one wait for all of them", async () => {
  const fleet = new inference.Fleet("eu", {
    models: { llama: { deepinfra, waitForReady: true } },
    live: { scorer: { modelRid: "ri.1", branch: "master", runtimeConfiguration } },
    timeout: "45m",
  });
  await settled(fleet.ready);

  const made = Object.fromEntries(registered.map(({ name, inputs }) => [name, inputs]));
  expect(Object.keys(made).sort()).toEqual(["eu", "eu-llama", "eu-scorer"]);
  for (const name of ["eu-llama", "eu-scorer"]) expect(made[name]).toMatchObject({ waitForReady: false });
  expect(registered.find(({ type }) => type.endsWith("Readiness"))?.inputs).toMatchObject({
    deployments: { llama: { id: "acme/eu-llama" }, scorer: { id: "acme/eu-scorer" } },
    __timeouts: { create: 2700, update: 2700 },
  });
  expect(Object.keys(fleet.deployments)).toEqual(["llama", "scorer"]);
  expect(() => new inference.Fleet("x", { models: { a: { deepinfra } }, live: { a: {} as never } })).toThrow('"a"');
});
