import { ConnectionError, PlatformError, ProviderError } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import type { Intent } from "../../provider/intent/intent";
import { apiKey, createFakeCall, type FakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";
import { memoryIntent, type MemoryIntent } from "../support/memory-intent";

const acme = { name: "n", weights: "m", token: "hf_secret" };

interface Run {
  call: FakeCall;
  intent: MemoryIntent;
}

function newRun(): Run {
  const intent = memoryIntent();
  return { intent, call: createFakeCall({ intent }) };
}

/** A create whose process is killed as soon as the platform has what it was asked for. */
async function killed(atAnswer: "before" | "after" = "after"): Promise<Run> {
  const run = newRun();
  const { call, intent } = run;
  if (atAnswer === "before") {
    call.platform.answers("create", () => {
      intent.freeze();
      return Promise.resolve({ deploymentId: "d1", details: {} });
    });
  }
  call.platform.shows(() => {
    intent.freeze();
    return Promise.resolve(snapshot("ready"));
  });
  await create(call, { acme });
  return run;
}

/** The next run finds the note of an earlier one. */
async function after({ intent }: Run, changes: Partial<Intent> = {}): Promise<Run> {
  const next = newRun();
  if (intent.note !== undefined) await next.intent.write({ ...intent.note, ...changes });
  return next;
}

const listing = (deploymentId: string, more: object = {}) => ({
  reference: { deploymentId, details: {} },
  name: "n",
  phase: "pending" as const,
  platformStatus: "deploying",
  ...more,
});

describe("a note of what is asked for", () => {
  test("is there when the request is sent, without an id, and has the id when the platform has answered", async () => {
    const { call, intent } = newRun();
    const notes: (Intent | undefined)[] = [];
    call.platform.answers("create", () => {
      notes.push(intent.note);
      return Promise.resolve({ deploymentId: "d1", details: { job: "j1" } });
    });
    call.platform.shows(snapshot("ready"));

    await create(call, { acme });

    expect(notes).toMatchObject([{ platform: "acme", account: "https://acme.test", name: "n" }]);
    expect(notes[0]).not.toHaveProperty("deploymentId");
    expect(intent.note).toMatchObject({ ...notes[0], deploymentId: "d1", details: { job: "j1" } });
  });

  test("holds no secret, nor a hash that others could try out", async () => {
    const one = newRun();
    one.call.platform.answers("create", { deploymentId: "d1", details: { echo: `hf_secret ${apiKey}` } });
    one.call.platform.shows(snapshot("ready"));
    await create(one.call, { acme });
    const intent = memoryIntent();
    const other = createFakeCall({ intent, config: { acmeApiKey: "another-key-123" } });
    other.platform.shows(snapshot("ready"));
    await create(other, { acme });

    expect(JSON.stringify(one.intent.note)).not.toMatch(/hf_secret|key-0123456789/);
    expect(one.intent.note?.inputs).not.toBe(intent.note?.inputs);
  });

  test.each([
    ["a refusal", new PlatformError("answered 422", 422, "refused", undefined, "", undefined), false],
    ["a request that never left", new ConnectionError("refused", false), false],
    ["an answer that was lost", new ConnectionError("reset", true), true],
    ["an outage", new PlatformError("answered 503", 503, "transient", undefined, "", undefined), true],
    ["what may exist", new ProviderError("it may exist"), true],
  ])("after %s stays: %s", async (_name, error, stays) => {
    const { call, intent } = newRun();
    call.platform.answers("create", error);

    await expect(create(call, { acme })).rejects.toBe(error);

    expect(intent.note !== undefined).toBe(stays);
  });

  test("goes with a deployment that was removed, since it failed", async () => {
    const { call, intent } = newRun();
    call.platform.shows(snapshot("failed"), snapshot("gone"));

    await expect(create(call, { acme, onCreateFailure: "remove" })).rejects.toThrow("it was removed");

    expect(intent.note).toBeUndefined();
  });

  test("that cannot be kept is said, and does not keep anything from being made", async () => {
    const { call, intent } = newRun();
    jest.spyOn(intent, "write").mockRejectedValue(new Error("ENOSPC: no space left on device"));
    call.platform.shows(snapshot("ready"));

    await expect(create(call, { acme })).resolves.toMatchObject({ id: "acme/d1" });

    expect(call.lines.warn[0]).toMatch(/could not keep a note of this creation \(ENOSPC.*the next one refuses/);
  });
});

describe("the next create of the same resource", () => {
  test("takes over the deployment of the note, says so, and makes none", async () => {
    const { call, intent } = await after(await killed());
    call.platform.shows(snapshot("pending"), snapshot("ready"));

    const { id, state } = await create(call, { acme });

    expect(id).toBe("acme/d1");
    expect(state).toMatchObject({ status: "ready", details: { job: "j1" } });
    expect(call.platform.changes()).toEqual(["update"]);
    expect(call.lines.info.join()).toMatch(
      /Acme was asked for this resource at .*taking over the deployment d1, which that request made/,
    );
    expect(intent.note?.deploymentId).toBe("d1");
  });

  test("looks for it by its name when the platform's answer never came", async () => {
    const { call } = await after(await killed("before"));
    const createdAt = new Date();
    call.platform.lists(
      listing("d0", { createdAt: new Date(0) }),
      listing("d1", { createdAt }),
      listing("d2", { createdAt, phase: "failed" }),
    );
    call.platform.shows(snapshot("ready"));

    await expect(create(call, { acme })).resolves.toMatchObject({ id: "acme/d1" });
    expect(call.platform.changes()).toEqual(["update"]);
  });

  test.each([
    ["none", []],
    ["two", [listing("d1"), listing("d2")]],
    ["one of another time", [listing("d1", { createdAt: new Date(0) })]],
  ])("asks for a new one when it finds %s, as without a note", async (_name, found) => {
    const { call } = await after(await killed("before"));
    call.platform.lists(...found);
    call.platform.shows(snapshot("ready"));

    await create(call, { acme });

    expect(call.platform.changes()).toEqual(["create"]);
  });

  test.each(["gone", "failed", "stopped", "unknown"] as const)("leaves what is %s", async (phase) => {
    const { call } = await after(await killed());
    call.platform.shows(snapshot(phase), snapshot("ready"));

    await create(call, { acme });

    expect(call.platform.changes()).toEqual(["create"]);
  });

  test.each([
    ["account", { account: "https://other.test" }],
    ["platform", { platform: "zenith" }],
  ])("leaves what is of another %s", async (_name, changes) => {
    const { call } = await after(await killed(), changes);
    call.platform.shows(snapshot("ready"));

    await create(call, { acme });

    expect(call.platform.changes()).toEqual(["create"]);
  });

  test("refuses what no longer fits, names it, and touches nothing", async () => {
    const { call } = await after(await killed());
    call.platform.shows(snapshot("ready", { configuration: {}, immutable: { weights: "old" } }));

    await expect(create(call, { acme })).rejects.toThrow(
      /made deployment d1 for this resource, which is in no state and may cost money; .*weights is "old" there and "m" here.*pulumi-inference orphans --remove/,
    );
    expect(call.platform.changes()).toEqual([]);
  });

  test("sends changed inputs again where the platform does not tell what is there", async () => {
    const { call } = await after(await killed());
    call.platform.shows(snapshot("ready"));

    await create(call, { acme: { ...acme, scale: { min: 2 } } });

    expect(call.platform.changes()).toEqual(["create"]);
  });

  test("brings it to changed inputs where the platform tells what is there", async () => {
    const { call } = await after(await killed());
    call.platform.shows(snapshot("ready", { configuration: { scale: { min: 1 } } }));

    await create(call, { acme: { ...acme, scale: { min: 2 } } });

    expect(call.platform.asked.find(({ method }) => method === "update")?.change).toMatchObject({
      from: { scale: { min: 1 } },
      to: { scale: { min: 2 } },
    });
  });

  test("makes nothing when it cannot look", async () => {
    const { call } = await after(await killed());
    call.platform.shows(new PlatformError("answered 401", 401, "refused", undefined, "", undefined));

    await expect(create(call, { acme })).rejects.toThrow("answered 401");
    expect(call.platform.changes()).toEqual([]);
  });

  test("follows `adopt`, whatever a note says", async () => {
    const { call } = await after(await killed());
    call.platform.shows(snapshot("ready"));

    await expect(create(call, { acme, adopt: "d9" })).resolves.toMatchObject({ id: "acme/d9" });
  });
});
