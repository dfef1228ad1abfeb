import { InitializationError, PlatformError, ProviderError } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import type { Properties } from "../../provider/resources/resource-kind";
import { apiKey, createFakeCall, type FakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";
import { initializationErrorOf } from "../support/kept-deployment";

const acme = { name: "n", weights: "m", scale: { min: 1, max: 2 } };
const unauthorized = new PlatformError("answered 401", 401, "refused", undefined, "", undefined);

describe("adopt", () => {
  async function refusalOf(call: FakeCall, inputs: Properties): Promise<string> {
    const error = await create(call, inputs).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).not.toBeInstanceOf(InitializationError);
    expect(call.platform.changes()).toEqual([]);
    return (error as Error).message;
  }

  test.each(["d7", "acme/d7"])("takes over %s, and makes nothing", async (adopt) => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready", { configuration: { scale: { min: 1, max: 2 } }, details: { version: "3" } }));

    const { id, state } = await create(call, { acme, adopt });

    expect(id).toBe("acme/d7");
    expect(state).toMatchObject({ acme, adopt, deploymentId: "d7", status: "ready", details: { version: "3" } });
    expect(call.platform.changes()).toEqual(["update"]);
    expect(call.lines.info).toEqual(["adopted the Acme deployment d7"]);
  });

  test("brings it to the program's configuration where that can be done in place", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready", { configuration: { scale: { min: 3, max: 8 } }, details: { version: "3" } }));

    await create(call, { acme, adopt: "d7" });

    const asked = call.platform.asked.find(({ method }) => method === "update");
    expect(asked?.reference).toEqual({ deploymentId: "d7", details: { version: "3" } });
    expect(asked?.change).toMatchObject({
      from: { ...acme, scale: { min: 3, max: 8 } },
      to: acme,
      live: { phase: "ready" },
    });
  });

  test("knows what is there of a block of which the platform reports a part", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready", { configuration: { scale: { max: 8 } } }));

    await create(call, { acme, adopt: "d7" });

    const asked = call.platform.asked.find(({ method }) => method === "update");
    expect(asked?.change?.from).toEqual({ ...acme, scale: { min: 1, max: 8 } });
  });

  test("refuses what is not there", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("gone"));

    expect(await refusalOf(call, { acme, adopt: "d7" })).toBe(
      "Acme: there is no deployment d7 to adopt; correct `adopt`, or leave it out to make one",
    );
  });

  test("refuses what failed, with the reason and without a secret", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { reason: `bad token hf_secret, key ${apiKey}` }));

    const message = await refusalOf(call, { acme: { ...acme, token: "hf_secret" }, adopt: "d7" });

    expect(message).toContain("is failed (bad token [secret], key [secret]) and cannot be adopted");
  });

  test("refuses what would have to be replaced, and names what differs", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready", { immutable: { name: "n", weights: "other", nodes: undefined } }));

    expect(await refusalOf(call, { acme, adopt: "d7" })).toBe(
      'Acme: deployment d7 cannot be adopted, since what differs can only be replaced: acme.weights is "other" there and "m" here; make these equal, or leave out `adopt` to make a new one',
    );
  });

  test("does not refuse for what the platform does not report", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready", { immutable: { weights: undefined } }));

    await expect(create(call, { acme, adopt: "d7" })).resolves.toMatchObject({ id: "acme/d7" });
  });

  test("starts what is stopped, and waits for it", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("stopped"), snapshot("pending"), snapshot("ready"));

    const { state } = await create(call, { acme, adopt: "d7" });

    expect(state).toMatchObject({ status: "ready" });
    expect(call.platform.asked.find(({ method }) => method === "update")?.change?.live.phase).toBe("stopped");
  });

  test("names it when the change fails, since a part of it may be done", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("stopped"));
    call.platform.answers("update", unauthorized);

    await expect(create(call, { acme, adopt: "d7" })).rejects.toThrow(
      "401; deployment d7 is not in the state yet, and may cost money; run `pulumi up` again to go on with it",
    );
  });

  test("leaves it alone when it cannot be read", async () => {
    const call = createFakeCall();
    call.platform.shows(unauthorized);

    expect(await refusalOf(call, { acme, adopt: "d7" })).toContain("401");
  });

  test("keeps its endpoint when it is out of sight after the change", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready", { endpoint: "https://acme.test/d7" }), unauthorized);

    const error = await initializationErrorOf(create(call, { acme, adopt: "d7" }));

    expect(error.id).toBe("acme/d7");
    expect(error.properties).toMatchObject({ endpoint: "https://acme.test/d7", status: "pending", ready: false });
  });
});
