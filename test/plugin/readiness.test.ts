/** What the plugin tells the engine of a readiness. */
import { configureAccount } from "../../plugin/account";
import { messages } from "../../plugin/protocol";
import { create } from "../../plugin/requests/create";
import { read } from "../../plugin/requests/read";
import { KeptError } from "../../plugin/wire/errors";
import { fromWire, toWire } from "../../plugin/wire/properties";
import { unknownValue } from "../../provider/inputs/unknown";
import { type Simulator, startSimulator } from "../../simulator";
import { makeOutside } from "../engine/llamas";
import { diffOf, previewOf, settingsOf } from "./calls";

const urn = "urn:pulumi:dev::shop::inference:fleet:Fleet$inference:index:Readiness::fleet";
const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
const member = { id: "deepinfra/d1", generation: 1 };
const state = {
  ...{ deployments: { "a.b": member }, endpoints: {}, statuses: { "a.b": "ready" }, ready: true },
  __provider: 'exports.handler=()=>require("pulumi-inference/dynamic").readiness',
};

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  configureAccount(settingsOf(simulator), false);
});

afterAll(() => simulator.close());

test("a preview asks for nothing, and knows that all will be ready", async () => {
  const sent = simulator.requests().length;
  const expected = { endpoints: unknownValue, statuses: unknownValue, ready: true };

  expect(await previewOf(urn, { deployments: { a: { id: unknownValue } } })).toMatchObject(expected);
  expect(await previewOf(urn, { deployments: { a: member } }, state)).toMatchObject(expected);
  expect(simulator.requests()).toHaveLength(sent);
});

test("a difference names the deployment, or the wait that did not end well", async () => {
  const same = await diffOf(urn, state, { deployments: { "a.b": member } });
  const changed = await diffOf(urn, state, { deployments: { "a.b": { ...member, generation: 2 } } });
  const unwell = await diffOf(urn, { ...state, ready: false }, { deployments: { "a.b": member } });

  expect(same.changes).toBe(DIFF_NONE);
  expect(changed).toMatchObject({ changes: DIFF_SOME, replaces: [], stables: [] });
  expect(Object.keys(changed.detailed)).toEqual(['deployments["a.b"].generation']);
  expect(Object.keys(unwell.detailed)).toEqual(["ready"]);
});

test("one that fails keeps the resource, with what the host of dynamic resources needs", async () => {
  const id = await makeOutside(simulator, "doomed");
  simulator.act({ platform: "deepinfra", id, action: "fail" });
  const inputs = { deployments: { doomed: { id: `deepinfra/${id}` } } };
  const request = new messages.CreateRequest().setUrn(urn).setProperties(toWire(inputs));
  const error: unknown = await create(request).catch((failure: unknown) => failure);

  expect(error).toBeInstanceOf(KeptError);
  const { id: kept, reasons, properties } = error as KeptError;
  expect(kept).toBe("readiness/fleet");
  expect(reasons[0]).toContain(`doomed: DeepInfra deployment ${id} is failed`);
  expect(fromWire(properties)).toMatchObject({
    statuses: { doomed: "failed" },
    ready: false,
    __provider: state.__provider,
  });
});

test("an import is refused in a sentence", async () => {
  const request = new messages.ReadRequest().setUrn(urn).setId("readiness/fleet");

  await expect(read(request)).rejects.toThrow(/cannot be imported .*; write it into the program/);
});
