import { InitializationError, ProviderError } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import { createFakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";
import { expectKept, initializationErrorOf } from "../support/kept-deployment";

const acme = { name: "n", weights: "m", scale: { min: 1, max: 2 } };

describe("onCreateFailure: remove", () => {
  const inputs = { acme, onCreateFailure: "remove" };

  test("removes what failed, and keeps nothing", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { reason: "no such repository" }), snapshot("pending"), snapshot("gone"));

    const error = await create(call, inputs).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ProviderError);
    expect(error).not.toBeInstanceOf(InitializationError);
    expect((error as Error).message).toMatch(/no such repository.*it was removed, as onCreateFailure says/);
    expect(call.platform.changes()).toEqual(["create", "delete"]);
  });

  test("removes what is late", async () => {
    const call = createFakeCall({ timeoutSeconds: 60 });
    call.platform.shows(() =>
      Promise.resolve(snapshot(call.platform.changes().includes("delete") ? "gone" : "pending")),
    );

    await expect(create(call, inputs)).rejects.toThrow(/not ready after 1m.*it was removed/);
  });

  test("keeps it when the removal is refused, with both reasons", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("failed", { reason: "no such repository" }));
    call.platform.answers("delete", new ProviderError("it is locked"));

    const error = await initializationErrorOf(create(call, inputs));

    expectKept(error, inputs);
    expect(error.reasons.join("\n")).toMatch(/no such repository[^]*it is locked/);
  });

  test("keeps it when the removal never ends", async () => {
    const call = createFakeCall({ timeoutSeconds: 60 });
    call.platform.shows(snapshot("pending"));

    const error = await initializationErrorOf(create(call, inputs));

    expectKept(error, inputs);
    expect(error.reasons.join("\n")).toContain("the removal of Acme deployment d1");
  });

  test("removes nothing when the user cancels", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("pending"));
    call.clock.at(5_000, () => call.cancel());

    expectKept(await initializationErrorOf(create(call, inputs)), inputs);

    expect(call.platform.changes()).toEqual(["create"]);
  });

  test("removes nothing that was adopted", async () => {
    const call = createFakeCall();
    call.platform.shows(snapshot("ready"), snapshot("failed"));

    await initializationErrorOf(create(call, { ...inputs, adopt: "d1" }));

    expect(call.platform.changes()).toEqual(["update"]);
  });

  test("removes nothing when nothing was accepted", async () => {
    const call = createFakeCall();
    call.platform.answers("create", new ProviderError("no quota"));

    await expect(create(call, inputs)).rejects.toThrow("no quota");

    expect(call.platform.changes()).toEqual(["create"]);
  });
});
