import fc from "fast-check";
import { CancelledError, ConnectionError, PlatformError, ProviderError } from "../../provider/errors";
import { diff } from "../../provider/lifecycle/diff";
import { foreignValue } from "../../provider/lifecycle/live-configuration";
import { read, type ReadResult } from "../../provider/lifecycle/read";
import type { Phase, Snapshot } from "../../provider/platform";
import { kindOfOnePlatform, type Properties } from "../../provider/resources/resource-kind";
import { apiKey, createFakeCall, type FakeCall } from "../support/fake-call";
import { createFakePlatform, type FakeInputs, fakeInputKeys, snapshot } from "../support/fake-platform";

const acme: FakeInputs = { name: "n", weights: "m", scale: { min: 1, max: 2 } };
const state = {
  acme,
  waitForReady: true,
  __provider: "exports…",
  platform: "acme",
  deploymentId: "d1",
  status: "ready",
  ready: true,
  endpoint: "https://acme.test/d1",
  details: { job: "j1" },
};

async function found(call: FakeCall, from: Properties = state): Promise<ReadResult> {
  const result = await read(call, "acme/d1", from);
  if (result === undefined) throw new Error("it is gone");
  return result;
}

/** What a refresh makes of inputs and a live configuration. */
async function refreshed(
  inputs: FakeInputs,
  configuration: Snapshot<FakeInputs>["configuration"],
): Promise<{ inputs: unknown; drifted: string[] }> {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready", configuration === undefined ? {} : { configuration }));
  const result = await found(call, { ...state, acme: inputs });
  const { properties } = diff(call.kind, result.state, { acme: inputs, waitForReady: true });
  return { inputs: result.inputs["acme"], drifted: properties.map(({ path }) => path) };
}

describe("what is there", () => {
  test("is put into the state, and the inputs are left out of the outputs' way", async () => {
    const call = createFakeCall();
    call.platform.shows(
      snapshot("degraded", {
        platformStatus: "partial",
        reason: "1 of 2 nodes",
        endpoint: "https://acme.test/d2",
        replicas: { running: 1, pending: 1 },
        details: { version: "4" },
      }),
    );

    const result = await found(call);

    expect(result.inputs).toEqual({ acme, waitForReady: true });
    expect(result.state).toMatchObject({
      acme,
      waitForReady: true,
      status: "degraded",
      platformStatus: "partial",
      ready: false,
      reason: "1 of 2 nodes",
      endpoint: "https://acme.test/d2",
      replicas: { running: 1, pending: 1 },
      details: { job: "j1", version: "4" },
    });
  });

  test("is looked at once, with the id and what is known of it", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready"));

    await found(call);

    expect(call.platform.asked).toEqual([
      { method: "observe", reference: { deploymentId: "d1", details: { job: "j1" } }, inputs: acme },
    ]);
  });

  test("may be nothing", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("gone"));

    await expect(read(call, "acme/d1", state)).resolves.toBeUndefined();
  });

  test.each([
    ["401", new PlatformError("answered 401", 401, "refused", undefined, "", undefined)],
    ["403", new PlatformError("answered 403", 403, "refused", undefined, "", undefined)],
    ["503", new PlatformError("answered 503", 503, "transient", undefined, "", undefined)],
    ["no answer", new ConnectionError("no answer", true)],
  ])("is never taken for gone after %s", async (_name, error) => {
    const call = createFakeCall();
    call.platform.shows(error);

    await expect(read(call, "acme/d1", state)).rejects.toBe(error);
  });

  test("may be read by its id alone", async () => {
    const platform = createFakePlatform();
    const call = createFakeCall({ platform, kind: kindOfOnePlatform("LiveDeployment", platform, fakeInputKeys) });
    platform.shows(snapshot("ready", { endpoint: "https://acme.test/d1", configuration: { scale: { min: 2 } } }));

    const result = await found(call, { __provider: "exports…" });

    expect(result.inputs).toEqual({});
    expect(result.state).toMatchObject({ platform: "acme", deploymentId: "d1", endpoint: "https://acme.test/d1" });
  });

  test("holds no secret of ours", async () => {
    const call = createFakeCall();
    call.platform.shows(
      snapshot("failed", { platformStatus: apiKey, reason: `hf_secret ${apiKey}`, details: { echo: ["hf_secret"] } }),
    );

    const { state: read } = await found(call, { ...state, acme: { ...acme, token: "hf_secret" } });

    const { acme: _inputs, ...outputs } = read;
    expect(JSON.stringify([outputs, call.lines])).not.toMatch(/hf_secret|key-0123456789/);
  });
});

describe("a platform that cannot be asked", () => {
  test("says nothing against the state, which stays and says so", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("unknown", { reason: `there is no call that reads it, key ${apiKey}` }));

    const result = await found(call);

    expect(result.state).toEqual({
      ...state,
      status: "unknown",
      reason: "there is no call that reads it, key [secret]",
    });
    expect(diff(call.kind, result.state, { acme, waitForReady: true })).toMatchObject({ changes: false });
  });

  test.each([
    ["failed", "replace"],
    ["stopped", "update"],
  ] as const)("does not heal what was %s", async (status, repair) => {
    const call = createFakeCall();
    call.platform.shows(snapshot("unknown"));

    const result = await found(call, { ...state, status });

    expect(diff(call.kind, result.state, { acme, waitForReady: true })).toMatchObject({ repair });
  });

  test("does not end a wait that is unfinished", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("unknown"));

    const result = await found(call, { ...state, status: "pending", __awaiting: true });

    expect(diff(call.kind, result.state, { acme, waitForReady: true })).toMatchObject({ repair: "update" });
  });
});

describe("a wait that is unfinished", () => {
  const awaiting = { ...state, status: "pending", __awaiting: true };

  test.each(["pending", "degraded", "stopped"] as Phase[])("stays so while the deployment is %s", async (phase) => {
    const call = createFakeCall();
    call.platform.shows(snapshot(phase));

    expect((await found(call, awaiting)).state).toMatchObject({ __awaiting: true });
  });

  test("is finished when the deployment is ready", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready"));

    const result = await found(call, awaiting);

    expect(result.state).not.toHaveProperty("__awaiting");
    expect(result.inputs).not.toHaveProperty("__awaiting");
  });

  test("is finished for one that was to stop when it has", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("stopped"));

    const result = await found(call, { ...awaiting, acme: { ...acme, enabled: false } });

    expect(result.state).not.toHaveProperty("__awaiting");
  });

  test("is not begun by a refresh", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending"));

    expect((await found(call)).state).not.toHaveProperty("__awaiting");
  });
});

describe("a failure", () => {
  test("is warned of, with the reason, and replaced by the next up", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { reason: "CUDA out of memory" }));

    const result = await found(call);

    expect(call.lines.warn).toEqual(["Acme deployment d1 is failed: CUDA out of memory; `pulumi up` replaces it"]);
    expect(diff(call.kind, result.state, { acme, waitForReady: true })).toMatchObject({ repair: "replace" });
  });

  test("that may pass is looked at again, and believed when it lasts", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { confirmSeconds: 300 }));

    expect((await found(call)).state).toMatchObject({ status: "failed" });
    expect(call.clock.now()).toBeGreaterThanOrEqual(300_000);
  });

  test.each(["ready", "pending", "degraded"] as Phase[])("that passes is %s", async (phase) => {
    const call = createFakeCall();
    const doubtful = snapshot("failed", { confirmSeconds: 60 });
    call.platform.shows(doubtful, doubtful, snapshot(phase));

    expect((await found(call)).state).toMatchObject({ status: phase });
    expect(call.lines.warn).toEqual([]);
  });

  test("that turns out as gone is gone", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { confirmSeconds: 60 }), snapshot("gone"));

    await expect(read(call, "acme/d1", state)).resolves.toBeUndefined();
  });

  test.each([
    ["a key that expires", new PlatformError("answered 401", 401, "refused", undefined, "", undefined)],
    ["an outage", new ConnectionError("no answer", true)],
  ])("that could not be confirmed for %s replaces nothing", async (_name, error) => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { confirmSeconds: 60 }), error);

    const refresh = read(call, "acme/d1", state);

    await expect(refresh).rejects.toThrow(ProviderError);
    await expect(refresh).rejects.toThrow(error.message);
  });

  test("that is being confirmed ends with a cancel", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { confirmSeconds: 60 }));
    call.clock.at(10_000, () => call.cancel());

    await expect(read(call, "acme/d1", state)).rejects.toThrow(CancelledError);
  });
});

describe("the live configuration", () => {
  test("that differs becomes the inputs, and is drift", async () => {
    const result = await refreshed(acme, { scale: { min: 1, max: 8 } });

    expect(result).toEqual({ inputs: { ...acme, scale: { min: 1, max: 8 } }, drifted: ["acme.scale.max"] });
  });

  test("that is equal in another spelling keeps the program's", async () => {
    const result = await refreshed({ ...acme, memory: "1024MiB" }, { memory: "1GiB" });

    expect(result).toEqual({ inputs: { ...acme, memory: "1024MiB" }, drifted: [] });
  });

  test("of what the program left out is the platform's default, and no drift", async () => {
    const result = await refreshed(acme, { memory: "4GiB", nodes: ["a"], scale: { min: 1, max: 2 } });

    expect(result).toEqual({ inputs: acme, drifted: [] });
  });

  test("of a default that the program left out is drift when it is another", async () => {
    const result = await refreshed({ name: "n", weights: "m" }, { scale: { min: 1, max: 4 } });

    expect(result.drifted).toEqual(["acme.scale.max"]);
  });

  test("that the platform does not report is not known to differ", async () => {
    const nodes = { ...acme, nodes: ["a"] };

    expect(await refreshed(nodes, {})).toEqual({ inputs: nodes, drifted: [] });
    expect(await refreshed(nodes, { nodes: undefined })).toEqual({ inputs: nodes, drifted: [] });
    expect(await refreshed(nodes, { nodes: null })).toEqual({ inputs: nodes, drifted: [] });
    expect(await refreshed(nodes, undefined)).toEqual({ inputs: nodes, drifted: [] });
  });

  test("of a list is compared as a whole", async () => {
    const result = await refreshed({ ...acme, nodes: ["a", "b"] }, { nodes: ["a"] });

    expect(result).toEqual({ inputs: { ...acme, nodes: ["a"] }, drifted: ["acme.nodes"] });
  });

  describe("of a map that the program owns", () => {
    const owned = { ...acme, environment: { A: "1", "b.c": "2", constructor: "3" } };

    test("has an entry that was changed", async () => {
      const result = await refreshed(owned, { environment: { A: "9", "b.c": "2", constructor: "3" } });

      expect(result).toEqual({
        inputs: { ...owned, environment: { A: "9", "b.c": "2", constructor: "3" } },
        drifted: ["acme.environment.A"],
      });
    });

    test("has an entry that was removed, also one with a dot in its key", async () => {
      const result = await refreshed(owned, { environment: { A: "1", constructor: "3" } });

      expect(result).toEqual({
        inputs: { ...owned, environment: { A: "1", constructor: "3" } },
        drifted: ["acme.environment.b.c"],
      });
    });

    test("has an entry that somebody added, whose value is not shown", async () => {
      const result = await refreshed(owned, { environment: { ...owned.environment, ADDED: "perhaps a secret" } });

      expect(result.drifted).toEqual(["acme.environment.ADDED"]);
      expect(JSON.stringify(result.inputs)).not.toContain("perhaps a secret");
      expect(result.inputs).toMatchObject({ environment: { ADDED: foreignValue } });
    });

    test("was emptied", async () => {
      const result = await refreshed(owned, { environment: {} });

      expect(result.drifted).toEqual(["acme.environment.A", "acme.environment.b.c", "acme.environment.constructor"]);
    });

    test("appeared where the program has none", async () => {
      const result = await refreshed(acme, { environment: { ADDED: "x" } });

      expect(result.drifted).toEqual(["acme.environment.ADDED"]);
    });

    test("is empty where the program has none", async () => {
      expect((await refreshed(acme, { environment: {} })).drifted).toEqual([]);
    });
  });

  test("stands at the top in a resource of one platform", async () => {
    const platform = createFakePlatform();
    const call = createFakeCall({ platform, kind: kindOfOnePlatform("LiveDeployment", platform, fakeInputKeys) });
    platform.shows(snapshot("ready", { configuration: { scale: { max: 8 } } }));

    const result = await found(call, { ...state, acme: undefined, ...acme });

    expect(result.inputs).toEqual({ ...acme, scale: { min: 1, max: 8 }, waitForReady: true });
    expect(result.state).toMatchObject({ ...acme, scale: { min: 1, max: 8 } });
  });

  test("that says what the program says is no drift, whatever that is", async () => {
    const text = fc.string({ minLength: 1 });
    const inputs: fc.Arbitrary<FakeInputs> = fc.record(
      {
        name: text,
        weights: text,
        scale: fc.record({ min: fc.nat(8), max: fc.integer({ min: 1, max: 8 }) }, { requiredKeys: [] }),
        memory: fc.constantFrom("1GiB", "1024MiB"),
        nodes: fc.array(text, { maxLength: 3 }),
        environment: fc.dictionary(text, text, { maxKeys: 3 }),
      },
      { requiredKeys: ["name", "weights"] },
    );
    await fc.assert(
      fc.asyncProperty(inputs, async (given) => {
        const { scale, memory, nodes, environment } = structuredClone(given);

        const result = await refreshed(given, { scale, memory, nodes, environment });

        expect(result).toEqual({ inputs: given, drifted: [] });
      }),
      { numRuns: 50 },
    );
  });
});

test("a second refresh changes nothing", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready", { configuration: { scale: { max: 8 } }, details: { version: "4" } }));
  const first = await found(call);

  const second = await found(call, first.state);

  expect(second).toEqual(first);
});
