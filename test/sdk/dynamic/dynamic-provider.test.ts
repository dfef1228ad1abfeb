import * as rpc from "@pulumi/pulumi/runtime/rpc";
import type { dynamic } from "@pulumi/pulumi";
import type * as lifecycle from "../../../provider/lifecycle/deployment-lifecycle";
import { kindWithBlocks } from "../../../provider/resources/resource-kind";
import type * as dynamicProvider from "../../../sdk/dynamic/dynamic-provider";
import { createFakePlatform, snapshot } from "../../support/fake-platform";

const acme = { name: "n", weights: "m" };
const __provider = "exports.handler=…";
const secret = (value: unknown): unknown => ({ [rpc.specialSigKey]: rpc.specialSecretSig, value });

interface Host {
  platform: ReturnType<typeof createFakePlatform>;
  provider: Required<dynamic.ResourceProvider>;
}

/** A provider's process: the accounts are one for each process. */
function start(config: Record<string, string> = { "inference:acmeApiKey": "key-0123456789" }, configured = true): Host {
  const platform = createFakePlatform("acme", { poll: { shortestMs: 1, longestMs: 1 } });
  // Not isolated from what is loaded later, by the first call.
  jest.resetModules();
  const { createDynamicProvider } = jest.requireActual<typeof dynamicProvider>("../../../sdk/dynamic/dynamic-provider");
  const { deploymentLifecycle } = jest.requireActual<typeof lifecycle>(
    "../../../provider/lifecycle/deployment-lifecycle",
  );
  const provider = createDynamicProvider(deploymentLifecycle(kindWithBlocks("ModelDeployment", [platform])));
  const get = (key: string): string | undefined => config[key];
  const request = { config: { get } } as unknown as dynamic.ConfigureRequest;
  // The host does not wait for it.
  if (configured) void provider.configure?.(request);
  return { platform, provider: provider as Required<dynamic.ResourceProvider> };
}

interface Thrown {
  message: string;
  stack: string;
  id?: string;
  properties?: Record<string, unknown>;
  reasons?: string[];
}

async function thrownBy(called: Promise<unknown>): Promise<Thrown> {
  return called.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: Thrown) => error,
  );
}

describe("an error with which a deployment is kept", () => {
  test("carries id, reasons, and properties with what loads the provider, or it could never be removed", async () => {
    const { platform, provider } = start();
    platform.shows(snapshot("failed", { reason: "CUDA out of memory" }));

    const error = await thrownBy(provider.create({ acme: { ...acme, token: "hf_1" }, __provider }));

    expect(error.id).toBe("acme/d1");
    expect(error.reasons?.[0]).toContain("CUDA out of memory");
    expect(error.message).toContain("CUDA out of memory");
    expect(error.properties).toMatchObject({
      __provider,
      acme: { ...acme, token: secret("hf_1") },
      status: "failed",
      deploymentId: "d1",
    });
  });

  test("carries the new text when a failed update brings one", async () => {
    const { platform, provider } = start();
    platform.shows(snapshot("ready"), snapshot("failed"));
    const old = { acme, __provider: "exports.old", deploymentId: "d1" };

    const error = await thrownBy(provider.update("acme/d1", old, { acme, __provider }));

    expect(error).toMatchObject({ id: "acme/d1", properties: { __provider } });
  });
});

describe("an error with which nothing is kept", () => {
  test("has no id, and no stack beside a message that says it all", async () => {
    const { provider } = start({});

    const error = await thrownBy(provider.create({ acme, __provider }));

    expect(error).not.toHaveProperty("id");
    expect(error.stack).toBe("");
    expect(error.message).toContain("acmeApiKey");
  });

  test("keeps its stack when it is a bug", async () => {
    const { platform, provider } = start();
    platform.answers("create", new TypeError("x is not a function"));

    const error = await thrownBy(provider.create({ acme, __provider }));

    expect(error.stack).toContain("TypeError");
  });
});

describe("configure", () => {
  test("is done before it returns, since the host waits for nothing", async () => {
    const { provider } = start();

    await expect(provider.check({}, { acme })).resolves.toMatchObject({ failures: [] });
  });

  test("may be missing, which is told", async () => {
    const { provider } = start({}, false);

    await expect(provider.check({}, { acme })).rejects.toThrow("was not configured");
  });

  test.each([
    [{}, "the stack's config inference:acmeUrl"],
    [{ "inference:explicit": "true" }, "the input acmeUrl of the resource's explicit Provider"],
  ])("tells an explicit provider from the stack's config: %j", async (marks, origin) => {
    const { platform, provider } = start({ "inference:acmeApiKey": "k", "inference:acmeUrl": "x", ...marks });
    platform.implementation.baseUrl = (settings) => {
      throw new Error(settings.find("acmeUrl")?.origin);
    };

    await expect(provider.check({}, { acme })).rejects.toThrow(origin);
  });
});

describe("check", () => {
  test("names no property, beside which the engine would print its value", async () => {
    const { provider } = start({});

    const { failures } = await provider.check({}, { acme: { name: 7 }, extra: "hunter22" });

    expect(failures?.length).toBeGreaterThan(2);
    expect(new Set(failures?.map(({ property }) => property))).toEqual(new Set([""]));
    expect(JSON.stringify(failures)).not.toContain("hunter22");
  });

  test("passes the inputs on, with what loads the provider", async () => {
    const { provider } = start();

    const checked = await provider.check({}, { acme, __provider });

    expect(checked).toEqual({ inputs: { acme, __provider }, failures: [] });
  });
});

test("neither check nor diff asks the platform for anything", async () => {
  const { platform, provider } = start();

  await provider.check({}, { acme });
  await provider.diff("acme/d1", { acme, status: "ready" }, { acme: { ...acme, weights: "other" } });

  expect(platform.asked).toEqual([]);
});

test("diff names the replaced blocks as the engine knows them", async () => {
  const { provider } = start();

  const result = await provider.diff("acme/d1", { acme, status: "ready" }, { acme: { ...acme, weights: "other" } });

  expect(result).toEqual({ changes: true, replaces: ["acme"], deleteBeforeReplace: true });
});

describe("secret inputs", () => {
  const inputs = { acme: { ...acme, token: "hf_1" }, __provider };

  test("leave as secrets: from create, update and read", async () => {
    const { platform, provider } = start();
    platform.shows(snapshot("ready"));

    const created = await provider.create(inputs);
    const updated = await provider.update(created.id, inputs, inputs);
    const read = await provider.read(created.id, inputs);

    const expected = { acme: { ...acme, token: secret("hf_1") } };
    expect(created.outs).toMatchObject(expected);
    expect(updated.outs).toMatchObject(expected);
    expect(read.props).toMatchObject(expected);
    expect(read.inputs).toMatchObject(expected);
  });
});

describe("read", () => {
  test("tells by an empty id that the deployment is gone", async () => {
    const { platform, provider } = start();
    platform.shows(snapshot("gone"));

    await expect(provider.read("acme/d1", { acme, __provider })).resolves.toEqual({ id: "", props: {} });
  });

  test("keeps the timeouts that the program set", async () => {
    const { platform, provider } = start();
    platform.shows(snapshot("ready"));

    const read = await provider.read("acme/d1", { acme, __provider, __timeouts: { delete: 60 } });

    expect(read.props).toMatchObject({ __timeouts: { delete: 60 } });
    expect(read.inputs).toMatchObject({ __timeouts: { delete: 60 } });
  });

  test("may be asked with nothing but an id", async () => {
    const { platform, provider } = start();
    platform.shows(snapshot("ready"));

    await expect(provider.read("acme/d1", undefined)).resolves.toMatchObject({ id: "acme/d1" });
  });
});

test("the timeouts of the inputs count where the hook is not in force", async () => {
  const { platform, provider } = start();
  platform.shows(snapshot("pending"));

  const error = await thrownBy(provider.create({ acme, __provider, __timeouts: { create: 0.02, update: 3_600 } }));

  expect(error.message).toMatch(/is not ready after 0s/);
});
