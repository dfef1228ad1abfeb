import { create } from "../../provider/lifecycle/create";
import { remove } from "../../provider/lifecycle/delete";
import { hold } from "../../provider/lifecycle/holders";
import { createFakeCall, type FakeCall } from "../support/fake-call";
import { snapshot } from "../support/fake-platform";

const acme = { name: "n", weights: "m" };
const state = { acme, platform: "acme", deploymentId: "d1", status: "ready", details: {} };

let call: FakeCall;
const as = (urn: string) => ({ ...call, urn });

beforeEach(() => {
  call = createFakeCall();
  call.platform.shows(snapshot("ready"));
});

test("what a renamed resource has is not removed for the one that had it before", async () => {
  const { id } = await create(as("urn::new"), { acme });

  await remove(as("urn::old"), id, state);

  expect(call.platform.changes()).toEqual(["create"]);
  expect(call.lines.info).toEqual(["Acme deployment d1 stays: another resource of the program has it now (urn::new)"]);
});

test("nor is what a resource adopted, or keeps by its diff", async () => {
  const { id } = await create(as("urn::new"), { acme, adopt: "d1" });
  await remove(as("urn::old"), id, state);
  hold(as("urn::kept"), "acme/d2");
  await remove(as("urn::old"), "acme/d2", { ...state, deploymentId: "d2" });

  expect(call.platform.changes()).not.toContain("delete");
});

test("a resource removes what it made itself, and then nobody has it", async () => {
  const { id } = await create(as("urn::new"), { acme });
  call.platform.shows(snapshot("gone"));

  await remove(as("urn::new"), id, state);
  await remove(as("urn::old"), id, state);

  expect(call.platform.changes()).toEqual(["create", "delete", "delete"]);
});

test("without a name of the resource nothing is held back", async () => {
  const { id } = await create(call, { acme });
  hold(call, id);
  call.platform.shows(snapshot("gone"));

  await remove(as("urn::old"), id, state);

  expect(call.platform.changes()).toEqual(["create", "delete"]);
});
