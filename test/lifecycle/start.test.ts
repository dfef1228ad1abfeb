import { PlatformError, UnclearError } from "../../provider/errors";
import { create } from "../../provider/lifecycle/create";
import { createFakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";
import { memoryIntent } from "../support/memory-intent";

const acme = { name: "n", weights: "m" };
const unclear = new UnclearError("the answer was lost; nothing is to be seen");

const listing = {
  reference: { deploymentId: "d1", details: {} },
  name: "n",
  phase: "pending" as const,
  platformStatus: "deploying",
};

test("what a lost answer may have made is looked for again, and asked for again when it is not there", async () => {
  const call = createFakeCall({ intent: memoryIntent() });
  call.platform.lists();
  call.platform.answers("create", unclear);
  call.platform.shows(snapshot("ready"));

  await expect(create(call, { acme })).resolves.toMatchObject({ id: "acme/d1" });

  expect(call.platform.changes()).toEqual(["create", "create"]);
  expect(call.lines.status[0]).toBe("looking again in 5s: the answer was lost; nothing is to be seen");
});

test("what appears meanwhile is taken over, and nothing is asked for a second time", async () => {
  const call = createFakeCall({ intent: memoryIntent() });
  call.platform.lists();
  call.platform.answers("create", () => {
    call.platform.lists(listing);
    return Promise.reject(unclear);
  });
  call.platform.shows(snapshot("ready"));

  await expect(create(call, { acme })).resolves.toMatchObject({ id: "acme/d1" });

  expect(call.platform.changes()).toEqual(["create", "update"]);
});

test("it ends after a few looks, with what may exist, and the note stays", async () => {
  const intent = memoryIntent();
  const call = createFakeCall({ intent });
  call.platform.lists();
  const lost = (): Promise<never> => {
    call.platform.answers("create", lost);
    return Promise.reject(unclear);
  };
  call.platform.answers("create", lost);

  await expect(create(call, { acme })).rejects.toBe(unclear);

  expect(call.platform.changes()).toHaveLength(4);
  expect(intent.note).toBeDefined();
});

test("a refusal of the second request does not refute the first one", async () => {
  const intent = memoryIntent();
  const call = createFakeCall({ intent });
  const conflict = new PlatformError("the name is taken", 409, "refused", undefined, "", undefined);
  call.platform.lists();
  call.platform.answers("create", () => {
    call.platform.answers("create", conflict);
    return Promise.reject(unclear);
  });

  await expect(create(call, { acme })).rejects.toThrow(
    "the answer was lost; nothing is to be seen; looking again failed: the name is taken",
  );

  expect(intent.note).toBeDefined();
});

test("a cancel ends it with what is known", async () => {
  const call = createFakeCall({ intent: memoryIntent() });
  call.platform.answers("create", unclear);
  call.clock.at(2_000, () => call.cancel());

  await expect(create(call, { acme })).rejects.toBe(unclear);

  expect(call.platform.changes()).toEqual(["create"]);
});
