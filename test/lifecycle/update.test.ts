import { InitializationError, PlatformError, ProviderError } from "../../provider/errors";
import { diff } from "../../provider/lifecycle/diff";
import { update } from "../../provider/lifecycle/update";
import type { Properties } from "../../provider/resources/resource-kind";
import { apiKey, createFakeCall, type FakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";

const acme = { name: "n", weights: "m", scale: { min: 1, max: 2 } };
const wider = { ...acme, scale: { min: 1, max: 4 } };
const state = {
  acme,
  platform: "acme",
  deploymentId: "d1",
  status: "ready",
  ready: true,
  endpoint: "https://acme.test/d1",
  details: { job: "j1" },
};
const unauthorized = new PlatformError("answered 401", 401, "refused", undefined, "", undefined);

async function failureOf(call: FakeCall, from: Properties, to: Properties): Promise<unknown> {
  return update(call, "acme/d1", from, to).then(
    () => new Error("it was updated"),
    (error: unknown) => error,
  );
}

test("a change is handed to the adapter with what was, what is to be, and what is there", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready", { details: { version: "3" } }), snapshot("pending"), snapshot("ready"));

  const updated = await update(call, "acme/d1", state, { acme: wider });

  expect(call.platform.asked.find(({ method }) => method === "update")).toMatchObject({
    reference: { deploymentId: "d1", details: { job: "j1", version: "3" } },
    change: { from: acme, to: wider, live: { phase: "ready" } },
  });
  expect(updated).toMatchObject({ acme: wider, status: "ready", deploymentId: "d1" });
  expect(diff(call.kind, updated, { acme: wider })).toMatchObject({ changes: false });
});

test("a wait that did not end is taken up again, and makes nothing", async () => {
  const call = createFakeCall();
  call.platform.shows(
    snapshot("pending"),
    snapshot("pending"),
    snapshot("ready", { endpoint: "https://acme.test/d1" }),
  );

  const updated = await update(call, "acme/d1", { ...state, status: "pending", __awaiting: true }, { acme });

  expect(updated).toMatchObject({ status: "ready", ready: true, endpoint: "https://acme.test/d1" });
  expect(updated).not.toHaveProperty("__awaiting");
  expect(call.platform.changes()).toEqual(["update"]);
});

test("a stopped deployment is started by the adapter, and waited for", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("stopped"), snapshot("stopped"), snapshot("pending"), snapshot("ready"));

  const updated = await update(call, "acme/d1", { ...state, status: "stopped" }, { acme });

  expect(updated).toMatchObject({ status: "ready" });
  expect(call.platform.asked.find(({ method }) => method === "update")?.change?.live.phase).toBe("stopped");
});

test("one that is gone is not waited for, and the way back is told", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("gone"));

  const error = await failureOf(call, state, { acme: wider });

  expect(error).toBeInstanceOf(ProviderError);
  expect((error as Error).message).toBe(
    "Acme deployment d1 was removed outside of Pulumi; run `pulumi up --refresh` to make it anew",
  );
  expect(call.platform.changes()).toEqual([]);
});

describe("before the platform has accepted", () => {
  test.each([
    ["a look that fails", (call: FakeCall) => call.platform.shows(unauthorized)],
    [
      "a change that is refused",
      (call: FakeCall) => {
        call.platform.shows(snapshot("ready"));
        call.platform.answers("update", unauthorized);
      },
    ],
  ])("%s leaves the state as it is", async (_name, arrange) => {
    const call = createFakeCall();
    arrange(call);

    const error = await failureOf(call, state, { acme: wider });

    expect(error).toBe(unauthorized);
    expect(error).not.toBeInstanceOf(InitializationError);
  });
});

describe("after the platform has accepted", () => {
  test("a failure keeps the id, the new inputs and the reason", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready"), snapshot("failed", { reason: "CUDA out of memory" }));

    const error = await failureOf(call, state, { acme: wider, __provider: "exports…" });

    expect(error).toMatchObject({
      id: "acme/d1",
      properties: { acme: wider, __provider: "exports…", status: "failed", __awaiting: true },
    });
    expect((error as InitializationError).reasons[0]).toContain("CUDA out of memory");
  });

  test("the deadline is that of an update", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending"));

    expect(((await failureOf(call, state, { acme: wider })) as Error).message).toContain("not ready after 5m");
  });

  test("what is out of sight keeps the outputs that are known, and says that it is not ready", async () => {
    const call = createFakeCall();
    call.platform.shows(
      snapshot("ready", { endpoint: "https://acme.test/d1", model: "acme/n", details: { version: "3" } }),
      unauthorized,
    );

    const error = (await failureOf(call, state, { acme: wider })) as InitializationError;

    expect(error.properties).toMatchObject({
      endpoint: "https://acme.test/d1",
      model: "acme/n",
      details: { job: "j1", version: "3" },
      status: "pending",
      ready: false,
    });
  });

  test("a cancel keeps it", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending"));
    call.clock.at(20_000, () => call.cancel());

    const error = (await failureOf(call, state, { acme: wider })) as InitializationError;

    expect(error).toMatchObject({ id: "acme/d1", properties: { acme: wider, status: "pending" } });
    expect(error.message).toContain("was cancelled after 20s");
  });

  test("one that is to stop is waited for until it has, and its text says so", async () => {
    const call = createFakeCall({ timeoutSeconds: 60 });
    call.platform.shows(snapshot("ready"));

    const error = (await failureOf(call, state, { acme: { ...acme, enabled: false } })) as InitializationError;

    expect(error.message).toContain("is not stopped after 1m");
  });
});

describe("an update that needs an order", () => {
  test("waits within the adapter's own steps", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready"), snapshot("ready"), snapshot("stopped"), snapshot("ready"));
    call.platform.answers("update", async (lent) => {
      await lent.waitUntil({ deploymentId: "d1", details: {} }, ["stopped"]);
      return { deploymentId: "d1", details: { restarted: true } };
    });

    const updated = await update(call, "acme/d1", state, { acme: wider });

    expect(updated).toMatchObject({ status: "ready", details: { restarted: true } });
  });

  test.each([
    ["it is late", [snapshot("ready")], "did not become stopped within 5m: ready, seen: ready 5m"],
    [
      "it fails",
      [snapshot("ready"), snapshot("failed", { reason: `bad key ${apiKey}` })],
      "is not stopped: failed (bad key [secret]), seen:",
    ],
    [
      "it is out of sight",
      [snapshot("ready"), unauthorized],
      "was to become stopped, and cannot be seen: answered 401",
    ],
  ])("tells what it waited for when %s", async (_name, shown, expected) => {
    const call = createFakeCall();
    call.platform.shows(...shown);
    call.platform.answers("update", async (lent) => {
      await lent.waitUntil({ deploymentId: "d1", details: {} }, ["stopped"]);
      throw new Error("it went on");
    });

    const error = await failureOf(call, state, { acme: wider });

    expect(error).toBeInstanceOf(ProviderError);
    expect((error as Error).message).toContain(`Acme deployment d1 ${expected}`);
    expect((error as Error).message).toContain("run `pulumi up` again to go on");
  });

  test("ends when the user cancels", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready"));
    call.platform.answers("update", async (lent) => {
      call.clock.at(call.clock.now() + 10_000, () => call.cancel());
      await lent.waitUntil({ deploymentId: "d1", details: {} }, ["stopped"]);
      throw new Error("it went on");
    });

    await expect(update(call, "acme/d1", state, { acme: wider })).rejects.toThrow(
      "cancelled while it was to become stopped",
    );
  });
});

test("no secret is in an error, an output or a line", async () => {
  const call = createFakeCall();
  const secretive = { ...acme, token: "hf_secret", environment: { PASSWORD: "open sesame" } };
  call.platform.shows(
    snapshot("ready"),
    snapshot("failed", { reason: `hf_secret open sesame ${apiKey}`, details: { echo: `hf_secret ${apiKey}` } }),
  );
  call.platform.answers("update", (lent) => {
    lent.info(`sent hf_secret and ${apiKey}`);
    lent.warn("open sesame");
    lent.report("hf_secret");
    return Promise.resolve({ deploymentId: "d1", details: {} });
  });

  const error = (await failureOf(call, state, { acme: secretive })) as InitializationError;

  const { acme: _inputs, ...outputs } = error.properties;
  expect(JSON.stringify([error.message, error.reasons, outputs, call.lines])).not.toMatch(
    /hf_secret|open sesame|key-0123456789/,
  );
});

test("an id of another resource is refused", async () => {
  await expect(update(createFakeCall(), "other/d1", state, { acme })).rejects.toThrow("is not an id of this resource");
});
