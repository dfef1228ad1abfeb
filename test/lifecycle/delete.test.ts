import { CancelledError, ConnectionError, PlatformError, ProviderError } from "../../provider/errors";
import { remove } from "../../provider/lifecycle/delete";
import type { Phase } from "../../provider/platform";
import { kindOfOnePlatform } from "../../provider/resources/resource-kind";
import { apiKey, createFakeCall, type FakeCall } from "../support/fake-call";
import { createFakePlatform, fakeInputKeys, snapshot } from "../support/fake-platform";

const acme = { name: "n", weights: "m" };
const state = { acme, platform: "acme", deploymentId: "d1", status: "ready", details: { job: "j1" } };

async function failureOf(call: FakeCall, from: Record<string, unknown> = state): Promise<Error> {
  const error = await remove(call, "acme/d1", from).then(
    () => new Error("it was removed"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return error as Error;
}

test("it asks once, and waits until the deployment is gone", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready"), snapshot("pending", { platformStatus: "deleting" }), snapshot("gone"));

  await remove(call, "acme/d1", state);

  expect(call.platform.changes()).toEqual(["delete"]);
  expect(call.platform.asked[0]).toEqual({
    method: "delete",
    reference: { deploymentId: "d1", details: { job: "j1" } },
  });
  expect(call.lines.status.at(-2)).toMatch(/^deleting · /);
});

test("it looks at what the removal answered, such as a job", async () => {
  const call = createFakeCall();
  call.platform.answers("delete", { deploymentId: "d1", details: { job: "j2" } });
  call.platform.shows(snapshot("gone"));

  await remove(call, "acme/d1", state);

  expect(call.platform.asked[1]).toMatchObject({ method: "observe", reference: { details: { job: "j2" } } });
});

test.each(["pending", "ready", "degraded", "stopped", "failed", "gone", "unknown"] as Phase[])(
  "it removes a deployment that is %s, and is still shown so for a moment",
  async (phase) => {
    const call = createFakeCall();
    call.platform.shows(snapshot(phase), snapshot(phase, { confirmSeconds: 5 }), snapshot("gone"));

    await expect(remove(call, "acme/d1", { ...state, status: phase })).resolves.toBeUndefined();
  },
);

test.each([
  ["an outage", new ConnectionError("no answer", true)],
  ["a busy platform", new PlatformError("answered 503", 503, "transient", undefined, "", undefined)],
])("it bears %s", async (_name, error) => {
  const call = createFakeCall();
  call.platform.shows(error, error, snapshot("gone"));

  await expect(remove(call, "acme/d1", state)).resolves.toBeUndefined();
});

test.each(["stopped", "unknown"] as Phase[])(
  "%s is removed, where a platform knows no more than that",
  async (phase) => {
    const platform = createFakePlatform("acme", {
      removedPhases: ["gone", phase],
      leavesBehind: "Acme keeps the model",
    });
    const call = createFakeCall({ platform });
    platform.shows(snapshot("ready"), snapshot(phase));

    await remove(call, "acme/d1", state);

    expect(call.lines.info).toEqual(["Acme keeps the model"]);
  },
);

test("a state without inputs is enough", async () => {
  const platform = createFakePlatform();
  const call = createFakeCall({ platform, kind: kindOfOnePlatform("LiveDeployment", platform, fakeInputKeys) });
  platform.shows(snapshot("gone"));

  await remove(call, "acme/d1", {});

  expect(platform.asked[0]).toEqual({ method: "delete", reference: { deploymentId: "d1", details: {} } });
});

test("one that never ends is an error that says what is there, and that it costs money", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("pending", { platformStatus: "deleting", reason: "a node is down" }));

  const { message } = await failureOf(call);

  expect(message).toBe(
    "the removal of Acme deployment d1 was accepted, but after 2m it is still there: deleting (a node is down), seen: deleting 2m; it may cost money, run `pulumi destroy` again",
  );
});

test("the deadline is the program's, where it sets one", async () => {
  const call = createFakeCall({ timeoutSeconds: 600 });
  call.platform.shows(snapshot("ready"));

  expect((await failureOf(call)).message).toContain("after 10m");
});

test("one that fails ends at once, with the platform's reason", async () => {
  const call = createFakeCall();
  call.platform.shows(
    snapshot("pending", { platformStatus: "deleting" }),
    snapshot("failed", { platformStatus: "FAILED", reason: "it is in use" }),
  );

  const { message } = await failureOf(call);

  expect(message).toContain("FAILED (it is in use)");
  expect(call.clock.now()).toBeLessThan(5_000);
});

test("one that is failed still after half a minute is an error", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("failed", { reason: "it is in use" }));

  expect((await failureOf(call)).message).toContain("it is in use");
  expect(call.clock.now()).toBeLessThan(60_000);
});

test("a key that expires ends it at once, and says once what it was", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready"), new PlatformError("answered 401", 401, "refused", undefined, "", undefined));

  const { message } = await failureOf(call);

  expect(message).toContain("was asked for, and whether it is done cannot be seen: answered 401");
  expect(message.split("answered 401")).toHaveLength(2);
});

test("a refusal of the platform is thrown as it is, and nothing is waited for", async () => {
  const call = createFakeCall();
  const refusal = new PlatformError("it is protected", 403, "refused", undefined, "", undefined);
  call.platform.answers("delete", refusal);

  expect(await failureOf(call)).toBe(refusal);
  expect(call.platform.asked).toHaveLength(1);
});

const conflict = new PlatformError("it is busy", 409, "refused", undefined, "", undefined);

test.each([
  ["a conflict", conflict],
  ["an outage", new ConnectionError("no answer", true)],
])("it asks again after %s, until the removal is accepted", async (_name, error) => {
  const call = createFakeCall();
  call.platform.answers("delete", async () => {
    call.platform.answers("delete", error);
    throw error;
  });
  call.platform.shows(snapshot("gone"));

  await remove(call, "acme/d1", state);

  expect(call.platform.asked.map(({ method }) => method)).toEqual(["delete", "delete", "delete", "observe"]);
});

test("it ends at the deadline when the removal is never accepted, with the platform's reason", async () => {
  const call = createFakeCall({ timeoutSeconds: 60 });
  const refuse = async (): Promise<never> => {
    call.platform.answers("delete", refuse);
    throw conflict;
  };
  call.platform.answers("delete", refuse);

  const { message } = await failureOf(call);

  expect(message).toMatch(/d1 could not be removed within 1m: .*it is busy.*still there and may cost money/);
  expect(call.lines.status[0]).toMatch(/removal refused for now · it is busy/);
  expect(call.platform.changes().length).toBeGreaterThan(3);
});

test("a cancel while the removal is refused says that it was not accepted", async () => {
  const call = createFakeCall();
  const refuse = async (): Promise<never> => {
    call.platform.answers("delete", refuse);
    throw conflict;
  };
  call.platform.answers("delete", refuse);
  call.clock.at(10_000, () => call.cancel());

  const error = await failureOf(call);

  expect(error).toBeInstanceOf(CancelledError);
  expect(error.message).toMatch(/cancelled before the removal of .*d1 was accepted; it is still there/);
});

test("a cancel ends it at once, and says that it may cost money", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("ready"));
  call.clock.at(10_000, () => call.cancel());

  const error = await failureOf(call);

  expect(error).toBeInstanceOf(CancelledError);
  expect(error.message).toMatch(
    /was asked for and not waited for; it may still cost money, run `pulumi destroy` again/,
  );
  expect(call.clock.now()).toBe(10_000);
});

test("no secret is in an error or a line", async () => {
  const call = createFakeCall();
  call.platform.shows(snapshot("pending", { platformStatus: "hf_secret", reason: `hf_secret ${apiKey}` }));

  const { message } = await failureOf(call, { ...state, acme: { ...acme, token: "hf_secret" } });

  expect(JSON.stringify([message, call.lines])).not.toMatch(/hf_secret|key-0123456789/);
});

test.each(["d1", "other/d1", "acme/"])("the id %s is refused, and nothing is asked for", async (id) => {
  const call = createFakeCall();

  await expect(remove(call, id, state)).rejects.toThrow("is not an id of this resource");

  expect(call.platform.asked).toEqual([]);
});
