import * as pulumi from "@pulumi/pulumi";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import type * as sdk from "../../sdk";

interface Registered {
  type: string;
  name: string;
  id?: string | undefined;
  inputs: Record<string, unknown>;
}

const registered: Registered[] = [];

void pulumi.runtime.setMocks({
  newResource({ type, name, id, inputs }: Registered) {
    registered.push({ type, name, id, inputs });
    return {
      id: id ? id : "acme/d1",
      state: { endpoint: "https://acme.test", status: "ready", ready: true, ...inputs },
    };
  },
  call: ({ inputs }) => inputs as Record<string, unknown>,
});
// After the mocks: the classes are registered when they are made.
const inference = jest.requireActual<typeof sdk>("../../sdk");

beforeEach(() => void registered.splice(0));

const valueOf = <Value>(output: pulumi.Output<Value>): Promise<Value> =>
  new Promise((resolve) => output.apply((value) => resolve(value)));

/** Registrations go their own way; the outputs of a resource follow them. */
async function registration(resource: pulumi.CustomResource): Promise<Registered> {
  await valueOf(resource.id);
  const [first] = registered;
  if (first === undefined) throw new Error("nothing was registered");
  return first;
}

const secret = (value: unknown): unknown => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });
const deepinfra = { modelName: "support-llama", gpu: "H100-80GB", hf: { repo: "acme/llama", token: "hf_1" } };
const live = {
  modelRid: "ri.models.main.model.1",
  branch: "master",
  runtimeConfiguration: { minReplicas: 1, maxReplicas: 1, gpu: { count: 1 } },
};

describe("ModelDeployment", () => {
  test("is registered under the type and with the text that are in the states of its users", async () => {
    const { type, name, inputs } = await registration(new inference.ModelDeployment("llama", { deepinfra }));

    expect({ type, name }).toEqual({ type: "pulumi-nodejs:dynamic/inference:ModelDeployment", name: "llama" });
    expect(inputs["__provider"]).toBe('exports.handler=()=>require("pulumi-inference/dynamic").modelDeployment');
    expect(inputs).not.toHaveProperty("__timeouts");
  });

  test("gives its outputs to the rest of the program", async () => {
    const llama = new inference.ModelDeployment("llama", { deepinfra });

    expect(await valueOf(llama.endpoint)).toBe("https://acme.test");
    expect(await valueOf(llama.status)).toBe("ready");
    expect(await valueOf(llama.ready)).toBe(true);
    const outputs = ["platform", "deploymentId", "model", "platformStatus", "reason", "replicas", "details"] as const;
    expect(outputs.filter((name) => !pulumi.Output.isInstance(llama[name]))).toEqual([]);
  });

  test("makes a token that is given as a plain text a secret, and nothing beside it", async () => {
    const { inputs } = await registration(new inference.ModelDeployment("llama", { deepinfra, waitForReady: false }));

    expect(inputs).toMatchObject({
      // The mocks hand on a secret inside of an input as a secret input.
      deepinfra: secret(deepinfra),
      waitForReady: false,
    });
  });

  test("leaves the caller's arguments as they are", async () => {
    const args = { deepinfra: { ...deepinfra, hf: { ...deepinfra.hf } } };

    await registration(new inference.ModelDeployment("llama", args));

    expect(args).toEqual({ deepinfra });
  });

  test("is got by its id, with nothing but what loads the provider", async () => {
    const { id, inputs } = await registration(inference.ModelDeployment.get("llama", "deepinfra/d7"));

    expect(id).toBe("deepinfra/d7");
    expect(Object.keys(inputs)).toEqual(["__provider"]);
  });
});

describe("LiveDeployment", () => {
  test("is registered under its own type, text and inputs", async () => {
    const { type, inputs } = await registration(new inference.LiveDeployment("scorer", live));

    expect(type).toBe("pulumi-nodejs:dynamic/inference:LiveDeployment");
    expect(inputs).toEqual({
      ...live,
      __provider: 'exports.handler=()=>require("pulumi-inference/dynamic").liveDeployment',
    });
  });

  test("is got by its id", async () => {
    const { id } = await registration(inference.LiveDeployment.get("scorer", "foundry/ri.live.1"));

    expect(id).toBe("foundry/ri.live.1");
  });
});

describe("customTimeouts", () => {
  test("travel with the inputs, in seconds, for hosts that do not hand them on", async () => {
    const options = { customTimeouts: { create: "45m", update: "1h30m", delete: "" } };

    const { inputs } = await registration(new inference.LiveDeployment("scorer", live, options));

    expect(inputs["__timeouts"]).toEqual({ create: 2_700, update: 5_400 });
  });

  test("that are no durations are refused where they are written", () => {
    const make = (): unknown =>
      new inference.LiveDeployment("scorer", live, { customTimeouts: { create: "45 minutes" } });

    expect(make).toThrow('"45 minutes" is not a duration');
  });
});

describe("Provider", () => {
  beforeEach(() => pulumi.runtime.setAllConfig({}));

  test("holds an account's settings under their namespace, and is marked as one that the program made", async () => {
    const provider = new inference.Provider("eu", { deepinfraApiKey: "key-eu", deepinfraUrl: "https://eu.test" });

    const { type, inputs } = await registration(provider);
    expect(type).toBe("pulumi:providers:pulumi-nodejs");
    expect(inputs).toEqual({
      "inference:deepinfraApiKey": secret("key-eu"),
      "inference:deepinfraUrl": "https://eu.test",
      "inference:explicit": "true",
    });
  });

  test("holds a number of requests as a text, as all settings travel", async () => {
    const { inputs } = await registration(new inference.Provider("eu", { requestsPerSecond: 5 }));

    expect(inputs).toMatchObject({ "inference:requestsPerSecond": "5" });
  });

  test("takes from the stack's config what it is not given, which it would not see otherwise", async () => {
    pulumi.runtime.setAllConfig({
      "inference:koreHost": "https://kore.test",
      "inference:deepinfraApiKey": "key-stack",
    });

    const provider = new inference.Provider("eu", { deepinfraApiKey: "key-eu" });

    const { inputs } = await registration(provider);
    expect(inputs).toMatchObject({
      "inference:koreHost": "https://kore.test",
      "inference:deepinfraApiKey": secret("key-eu"),
    });
  });

  test("takes a key of the stack's config as a secret, however it was set there", async () => {
    pulumi.runtime.setAllConfig({ "inference:koreApiKey": "key-stack" });

    const { inputs } = await registration(new inference.Provider("eu"));

    expect(inputs["inference:koreApiKey"]).toEqual(secret("key-stack"));
  });

  const client = { foundryClientId: "client-eu", foundryClientSecret: "client-secret-eu" };

  test.each([
    [
      "token beside a client that it is given",
      client,
      {
        "inference:foundryClientId": "client-eu",
        "inference:foundryClientSecret": secret("client-secret-eu"),
      },
    ],
    [
      "client beside a token that it is given",
      { foundryToken: "token-eu" },
      { "inference:foundryToken": secret("token-eu") },
    ],
  ])("takes from the stack's config no %s", async (_case, args, expected) => {
    pulumi.runtime.setAllConfig({
      "inference:foundryHostname": "foundry.test",
      "inference:foundryToken": "token-stack",
      "inference:foundryClientId": "client-stack",
      "inference:foundryClientSecret": "client-secret-stack",
    });

    const { inputs } = await registration(new inference.Provider("eu", args));

    expect(inputs).toEqual({
      ...expected,
      "inference:foundryHostname": "foundry.test",
      "inference:explicit": "true",
    });
  });
});
