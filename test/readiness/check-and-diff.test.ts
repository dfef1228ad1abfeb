/** What a readiness refuses, and what makes it wait again. No network. */
import { createConnections } from "../../provider/connection/connection";
import { unknownValue } from "../../provider/inputs/unknown";
import { readiness } from "../../provider/readiness";
import type { Properties } from "../../provider/resources/resource-kind";

const keys = { DEEPINFRA_API_KEY: "key-0123456789" };
const failuresOf = (inputs: Properties, environment: Record<string, string> = keys): string[] =>
  readiness.check(inputs, createConnections({ config: () => undefined, explicit: false, environment }), true).failures;
const one = (member: unknown): Properties => ({ deployments: { llama: member } });

describe("a check", () => {
  test.each<[string, Properties]>([
    ["a deployment", one({ id: "deepinfra/d1", generation: 1, details: {}, inputs: {} })],
    ["what is not known yet", { deployments: unknownValue }],
    ["a deployment that is not known yet", one(unknownValue)],
    ["parts that are not known yet", one({ id: unknownValue, generation: unknownValue, details: unknownValue })],
    ["what a host hides", { ...one({ id: "deepinfra/d1" }), __timeouts: { create: 60 } }],
  ])("takes %s", (_name, inputs) => {
    expect(failuresOf(inputs)).toEqual([]);
  });

  test.each<[string, Properties, RegExp]>([
    ["nothing", {}, /^deployments: must name the deployments to wait for$/],
    ["no deployment", { deployments: {} }, /^deployments: must name at least one/],
    [
      "another property",
      { ...one({ id: "deepinfra/d1" }), deployment: 1 },
      /^deployment: is not a known property.*deployments/,
    ],
    ["an id of no platform", one({ id: "acme/1" }), /^deployments\.llama\.id: "acme\/1" is not an id/],
    ["no id", one({}), /^deployments\.llama\.id: must be/],
    ["a text in the place of a deployment", one("deepinfra/d1"), /^deployments\.llama: must be an object/],
    ["a generation that is none", one({ id: "deepinfra/d1", generation: "1" }), /^deployments\.llama\.generation: /],
    ["a misspelt part", one({ id: "deepinfra/d1", detail: {} }), /^deployments\.llama\.detail: is not.*details/],
    [
      "inputs that nobody looks at",
      one({ id: "deepinfra/d1", inputs: { hf: {} } }),
      /^deployments\.llama\.inputs\.hf: /,
    ],
  ])("refuses %s", (_name, inputs, failure) => {
    const failures = failuresOf(inputs);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatch(failure);
  });

  test("names the credentials that are missing, once for each platform", () => {
    const inputs = { deployments: { a: { id: "deepinfra/1" }, b: { id: "deepinfra/2" }, c: { id: "kore/3" } } };

    expect(failuresOf(inputs, {})).toHaveLength(2);
  });
});

describe("a difference", () => {
  const member = { id: "foundry/r1", generation: 2, details: { a: 1 }, inputs: { modelRid: "m" } };
  const state = { deployments: { scorer: member }, endpoints: {}, statuses: { scorer: "ready" }, ready: true };
  const diff = (deployments: unknown, before: Properties = state) => readiness.diff(before, { deployments });

  test("is none for the same deployments, whatever was learnt of them", () => {
    expect(diff({ scorer: { ...member, details: { a: 2 } } })).toMatchObject({ changes: false, repair: "none" });
  });

  test.each<[string, unknown, string]>([
    ["another id", { scorer: { ...member, id: "foundry/r2" } }, "deployments.scorer.id"],
    ["another generation", { scorer: { ...member, generation: 3 } }, "deployments.scorer.generation"],
    [
      "inputs that decide what is waited for",
      { scorer: { ...member, inputs: { enabled: false } } },
      "deployments.scorer.inputs",
    ],
    ["one more", { scorer: member, more: member }, "deployments.more"],
    ["one less", {}, "deployments.scorer"],
    [
      "a generation that is not known yet",
      { scorer: { ...member, generation: unknownValue } },
      "deployments.scorer.generation",
    ],
  ])("is %s, and never a replacement", (_name, deployments, path) => {
    const { changes, replaces, properties } = diff(deployments);

    expect({ changes, replaces }).toEqual({ changes: true, replaces: [] });
    expect(properties.map((property) => property.path)).toEqual([path]);
  });

  test("is a wait that did not end well, and deployments that are not known yet", () => {
    expect(diff({ scorer: member }, { ...state, ready: false })).toMatchObject({ changes: true, repair: "update" });
    expect(diff(unknownValue)).toMatchObject({ changes: true, replaces: [] });
  });

  test("is none for a deployment of an earlier version, which counted no changes", () => {
    const { generation: _generation, ...uncounted } = member;

    expect(diff({ scorer: uncounted }, { ...state, deployments: { scorer: uncounted } }).changes).toBe(false);
  });
});

test("a preview knows that all will be ready, and nothing is imported", async () => {
  const connections = createConnections({ config: () => undefined, explicit: false, environment: keys });

  expect(readiness.preview(one({ id: "deepinfra/d1" }), connections)).toMatchObject({
    ready: true,
    statuses: unknownValue,
  });
  await expect(readiness.import({} as never, "readiness/fleet")).rejects.toThrow("cannot be imported or got by an id");
  await expect(readiness.read({} as never, "readiness/fleet", {})).rejects.toThrow(
    "cannot be imported or got by an id",
  );
});
