import { ConnectionError, PlatformError, ProviderError } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import { diff } from "../../provider/lifecycle/diff";
import { remove } from "../../provider/lifecycle/delete";
import { kindOfOnePlatform } from "../../provider/resources/resource-kind";
import { apiKey, createFakeCall } from "../support/fake-call";
import { createFakePlatform, fakeInputKeys, snapshot } from "../support/fake-platform";
import { expectKept, initializationErrorOf } from "../support/kept-deployment";

const acme = { name: "n", weights: "m", scale: { min: 1, max: 2 } };
const unauthorized = new PlatformError("answered 401", 401, "refused", undefined, "", undefined);
const outage = new PlatformError("answered 503", 503, "transient", undefined, "", undefined);

test("a deployment that becomes ready has an id, its inputs, and what the platform tells", async () => {
  const call = createFakeCall();
  call.platform.shows(
    snapshot("pending", { platformStatus: "deploying" }),
    snapshot("ready", {
      platformStatus: "running",
      endpoint: "https://acme.test/v1",
      model: "acme/n",
      replicas: { running: 1 },
      details: { version: "7", absent: undefined },
    }),
  );

  const { id, state } = await create(call, { acme, waitForReady: true, __provider: "exports…" });

  expect(id).toBe("acme/d1");
  expect(state).toEqual({
    acme,
    waitForReady: true,
    __provider: "exports…",
    platform: "acme",
    deploymentId: "d1",
    endpoint: "https://acme.test/v1",
    model: "acme/n",
    status: "ready",
    platformStatus: "running",
    ready: true,
    replicas: { running: 1 },
    details: { job: "j1", version: "7" },
    generation: 1,
  });
});

test("the state of a create does not differ from the inputs it was made of", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready"));

  const { state } = await create(call, { acme });

  expect(diff(call.kind, state, { acme })).toMatchObject({ changes: false });
});

test("the adapter gets the block alone, and looks for what it made", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready"));

  await create(call, { acme, onCreateFailure: "keep" });

  expect(call.platform.asked).toEqual([
    { method: "create", inputs: acme },
    { method: "observe", inputs: acme, reference: { deploymentId: "d1", details: { job: "j1" } } },
  ]);
});

test("a resource of one platform has its inputs and outputs at the top", async () => {
  const platform = createFakePlatform();
  const call = createFakeCall({ platform, kind: kindOfOnePlatform("LiveDeployment", platform, fakeInputKeys) });
  platform.shows(snapshot("ready"));

  const { state } = await create(call, { ...acme, waitForReady: true });

  expect(state).toMatchObject({ ...acme, waitForReady: true, status: "ready" });
  expect(platform.asked[0]).toEqual({ method: "create", inputs: acme });
});

describe("before the platform has accepted", () => {
  test("an error is an error, and nothing is kept", async () => {
    const call = createFakeCall();
    const refused = new PlatformError("no quota", 400, "refused", undefined, "no quota", undefined);
    call.platform.answers("create", refused);

    await expect(create(call, { acme })).rejects.toBe(refused);

    expect(call.platform.changes()).toEqual(["create"]);
  });

  test("an error shows no secret", async () => {
    const call = createFakeCall();
    call.platform.answers("create", new ProviderError(`token hf_secret and key ${apiKey} are refused`));

    const error = await create(call, { acme: { ...acme, token: "hf_secret" } }).catch((thrown: Error) => thrown);

    expect(error).toBeInstanceOf(ProviderError);
    expect((error as Error).message).toBe("token [secret] and key [secret] are refused");
    expect((error as Error).stack).not.toContain("hf_secret");
  });

  test("missing credentials are told", async () => {
    await expect(create(createFakeCall({ config: {} }), { acme })).rejects.toThrow("acmeApiKey");
  });
});

describe("after the platform has accepted", () => {
  test("a failure keeps the deployment, with the platform's reason, and what to do", async () => {
    const call = createFakeCall();
    call.platform.shows(
      snapshot("pending", { platformStatus: "deploying" }),
      snapshot("failed", { platformStatus: "failed", reason: "CUDA out of memory", details: { node: "g1" } }),
    );

    const error = await initializationErrorOf(create(call, { acme }));

    expectKept(error, { acme });
    expect(error.reasons[0]).toMatch(
      /^Acme deployment d1 is failed: CUDA out of memory, seen: deploying \d+s, failed 0s$/,
    );
    expect(error.reasons[1]).toContain("`pulumi up` replaces it, `pulumi destroy` removes it");
    expect(error.properties).toMatchObject({ status: "failed", ready: false, details: { job: "j1", node: "g1" } });
    expect(diff(call.kind, error.properties, { acme })).toMatchObject({ repair: "replace", deleteBeforeReplace: true });
  });

  test("a late one is kept, with the states, their durations and the platform's reason", async () => {
    const call = createFakeCall({ timeoutSeconds: 120 });
    call.platform.shows(snapshot("pending", { platformStatus: "queued", reason: "no GPU is free" }));

    const error = await initializationErrorOf(create(call, { acme }));

    expectKept(error, { acme });
    expect(error.reasons[0]).toBe("Acme deployment d1 is not ready after 2m: no GPU is free, seen: queued 2m");
    expect(error.reasons[1]).toContain("`pulumi up` goes on waiting for it");
    expect(diff(call.kind, error.properties, { acme })).toMatchObject({ repair: "update" });
  });

  test("the default deadline is the platform's", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending"));

    const error = await initializationErrorOf(create(call, { acme }));

    expect(error.reasons[0]).toContain("not ready after 10m");
  });

  test("an outage until the deadline is told beside the platform's own reason", async () => {
    const call = createFakeCall({ timeoutSeconds: 60 });
    call.platform.shows(snapshot("pending", { platformStatus: "queued", reason: "no GPU is free" }), outage);

    const error = await initializationErrorOf(create(call, { acme }));

    expect(error.reasons[0]).toMatch(
      /not ready after 1m: no GPU is free: answered 503, seen: queued \d+s, error 503 \d+s/,
    );
  });

  test("a cancel keeps it, and says what goes on costing money", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending", { platformStatus: "queued" }));
    call.clock.at(90_000, () => call.cancel());

    const error = await initializationErrorOf(create(call, { acme }));

    expectKept(error, { acme });
    expect(error.reasons[0]).toBe("the wait for Acme deployment d1 was cancelled after 1m30s, seen: queued 1m30s");
    expect(error.reasons[1]).toContain("may cost money");
    expect(call.clock.now()).toBe(90_000);
  });

  test("a cancel before the first look keeps it, too", async () => {
    const call = createFakeCall();
    call.platform.answers("create", () => {
      call.cancel();
      return Promise.resolve({ deploymentId: "d1", details: { job: "j1" } });
    });

    const error = await initializationErrorOf(create(call, { acme }));

    expectKept(error, { acme });
    expect(error.properties).toMatchObject({ status: "pending", ready: false, details: { job: "j1" } });
  });

  test("a key that expires ends the wait and keeps what was seen", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending", { endpoint: "https://acme.test/v1" }), unauthorized);

    const error = await initializationErrorOf(create(call, { acme }));

    expectKept(error, { acme });
    expect(error.reasons[0]).toContain("answered 401");
    expect(error.properties).toMatchObject({ endpoint: "https://acme.test/v1", status: "pending" });
  });

  test("a bug in a look ends the wait and keeps the deployment", async () => {
    const call = createFakeCall();
    call.platform.shows(new TypeError("x is not a function"));

    expectKept(await initializationErrorOf(create(call, { acme })), { acme });
  });

  test("one that is nowhere to be found is made anew by the next up", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("gone"));

    const error = await initializationErrorOf(create(call, { acme }));

    expectKept(error, { acme });
    expect(error.reasons[1]).toContain("`pulumi up` makes it anew");
    expect(diff(call.kind, error.properties, { acme })).toMatchObject({ repair: "replace" });
  });

  test.each([
    ["a failure that may pass", snapshot("failed", { confirmSeconds: 60 })],
    ["an absence that may pass", snapshot("gone")],
  ])("%s is not believed when the wait is cancelled over it, so that nothing is replaced", async (_name, doubtful) => {
    const call = createFakeCall();
    call.platform.shows(doubtful);
    call.clock.at(5_000, () => call.cancel());

    const error = await initializationErrorOf(create(call, { acme }));

    expect(error.properties).toMatchObject({ status: "pending" });
    expect(diff(call.kind, error.properties, { acme })).toMatchObject({ repair: "update" });
  });

  test("no secret is in the reasons or the outputs, and the inputs stay as they are", async () => {
    const call = createFakeCall();
    const inputs = { acme: { ...acme, token: "hf_secret", environment: { PASSWORD: "open sesame" } } };
    call.platform.shows(
      snapshot("failed", {
        platformStatus: "bad hf_secret",
        reason: `hf_secret, open sesame and ${apiKey} are wrong`,
        endpoint: "https://acme.test/?token=hf_secret",
        details: { hf: { token: "hf_secret" }, list: [apiKey] },
      }),
    );

    const error = await initializationErrorOf(create(call, inputs));

    const { acme: kept, ...outputs } = error.properties;
    const told = JSON.stringify([error.message, error.reasons, outputs, call.lines]);
    expect(told).not.toMatch(/hf_secret|open sesame|key-0123456789/);
    expect(kept).toEqual(inputs.acme);
    expect(outputs["details"]).toEqual({ job: "j1", hf: { token: "[secret]" }, list: ["[secret]"] });
  });

  test("a word of an environment variable is not cut out of the endpoint", async () => {
    const call = createFakeCall();
    call.platform.shows(
      snapshot("ready", {
        endpoint: "https://production.acme.test",
        model: "production/n",
        details: { tier: "production" },
      }),
    );

    const { state } = await create(call, { acme: { ...acme, environment: { STAGE: "production" } } });

    expect(state).toMatchObject({
      endpoint: "https://production.acme.test",
      model: "production/n",
      details: { tier: "production" },
    });
  });

  test("a key that is a word of ours spoils neither status nor platform", async () => {
    const call = createFakeCall({ config: { acmeApiKey: "failed" } });
    call.platform.shows(snapshot("failed"));

    const error = await initializationErrorOf(create(call, { acme }));

    expect(error.properties).toMatchObject({ status: "failed", platform: "acme", deploymentId: "d1" });
  });
});

describe("without waiting", () => {
  test("it returns after one look", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending", { platformStatus: "queued", endpoint: "https://acme.test/v1" }));

    const { state } = await create(call, { acme, waitForReady: false });

    expect(state).toMatchObject({ status: "pending", ready: false, endpoint: "https://acme.test/v1" });
    expect(state).not.toHaveProperty("__awaiting");
    expect(call.clock.slept).toEqual([]);
    expect(diff(call.kind, state, { acme, waitForReady: false })).toMatchObject({ changes: false });
  });

  test("a look that fails costs the outputs and not the deployment", async () => {
    const call = createFakeCall();
    call.platform.shows(outage);

    const { id, state } = await create(call, { acme, waitForReady: false });

    expect({ id, status: state["status"] }).toEqual({ id: "acme/d1", status: "pending" });
    expect(call.lines.warn).toEqual(["accepted, but its state could not be read: answered 503"]);
  });

  test.each([
    ["gone", {}],
    ["failed", { confirmSeconds: 60 }],
  ] as const)("a first look that finds it %s is not believed", async (phase, more) => {
    const call = createFakeCall();
    call.platform.shows(snapshot(phase, more));

    const { state } = await create(call, { acme, waitForReady: false });

    expect(diff(call.kind, state, { acme, waitForReady: false })).toMatchObject({ repair: "none" });
  });

  test("one of which not even that it was taken is known is kept, and asked for again", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("unknown", { reason: "the answer was lost" }));
    const inputs = { acme, waitForReady: false };

    const error = await initializationErrorOf(create(call, inputs));

    expectKept(error, inputs);
    expect(error.message).toMatch(/is unknown: the answer was lost; it is kept in state.*`pulumi up`/);
    expect(diff(call.kind, error.properties, inputs)).toMatchObject({ repair: "update" });
  });
});

test("one that should not run is waited for until it is stopped", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready"), snapshot("pending"), snapshot("stopped"));

  const { state } = await create(call, { acme: { ...acme, enabled: false } });

  expect(state).toMatchObject({ status: "stopped", ready: false });
});

test("what a create kept can be removed, whatever became of it", async () => {
  const call = createFakeCall({ timeoutSeconds: 30 });
  call.platform.shows(new ConnectionError("no answer", true));
  const { id, properties } = await initializationErrorOf(create(call, { acme }));
  call.platform.shows(snapshot("gone"));

  await remove(call, id, properties);

  expect(call.platform.changes()).toEqual(["create", "delete"]);
});
