import fc from "fast-check";
import { unknownValue } from "../../provider/inputs/unknown";
import { diff, type DiffResult } from "../../provider/lifecycle/diff";
import { kindOfOnePlatform, kindWithBlocks, type Properties } from "../../provider/resources/resource-kind";
import { createFakePlatform, fakeInputKeys, type FakeInputs } from "../support/fake-platform";

const platform = createFakePlatform();
const kind = kindWithBlocks("ModelDeployment", [platform, createFakePlatform("zenith")]);
const oneKind = kindOfOnePlatform("LiveDeployment", platform, fakeInputKeys);

const acme: FakeInputs = { name: "n", weights: "m", scale: { min: 1, max: 2 } };
const ready = { platform: "acme", deploymentId: "d1", status: "ready", ready: true, details: {} };
const state = { acme, ...ready };

function diffTo(changed: Partial<FakeInputs>, more: Properties = {}): DiffResult {
  return diff(kind, { ...state, ...more }, { acme: { ...acme, ...changed } });
}

test("the same inputs change nothing", () => {
  expect(diffTo({})).toMatchObject({
    changes: false,
    replaces: [],
    properties: [],
    repair: "none",
  });
});

describe("a change of an input", () => {
  test("that can be made in place is an update", () => {
    expect(diffTo({ scale: { min: 1, max: 4 } })).toMatchObject({
      changes: true,
      replaces: [],
      properties: [{ path: "acme.scale.max", from: 2, to: 4, effect: "update" }],
    });
  });

  test("that cannot is a replacement, and leaves the old one standing where another name is used", () => {
    expect(diffTo({ name: "other" })).toMatchObject({
      changes: true,
      replaces: ["acme.name"],
      deleteBeforeReplace: false,
    });
  });

  test("that replaces under the same name removes the old one first", () => {
    expect(diffTo({ weights: "other" })).toMatchObject({
      changes: true,
      replaces: ["acme.weights"],
      deleteBeforeReplace: true,
    });
  });

  test("that a user wants replaced can be, under the same name", () => {
    expect(diffTo({ scale: { max: 4 } })).toMatchObject({ replaces: [], deleteBeforeReplace: true });
    expect(diffTo({})).toMatchObject({ changes: false, deleteBeforeReplace: true });
  });

  test("that touches the state alone is a change and no replacement", () => {
    expect(diffTo({ token: "t" })).toMatchObject({
      changes: true,
      replaces: [],
      properties: [{ path: "acme.token", effect: "state-only" }],
    });
  });

  test("to the default that was left out is none", () => {
    expect(
      diff(kind, { acme: { name: "n", weights: "m" }, ...ready }, { acme: { ...acme, scale: { min: 1 } } }).changes,
    ).toBe(false);
  });

  test("to another spelling of the same is none", () => {
    const from = { acme: { ...acme, memory: "1GiB" }, ...ready };

    expect(diff(kind, from, { acme: { ...acme, memory: "1024MiB" } }).changes).toBe(false);
  });

  test("stands at the top in a resource of one platform", () => {
    expect(diff(oneKind, { ...acme, ...ready }, { ...acme, weights: "other" })).toMatchObject({
      replaces: ["weights"],
    });
    expect(diff(oneKind, { ...acme, ...ready }, { ...acme }).changes).toBe(false);
  });
});

describe("a value that is not known yet", () => {
  test.each([
    { name: unknownValue },
    { weights: unknownValue },
    { scale: unknownValue as never },
    { nodes: [unknownValue] },
  ])("%j is a change and never a replacement", (changed) => {
    expect(diffTo(changed)).toMatchObject({ changes: true, replaces: [] });
  });

  test("beside one that replaces does not hide it", () => {
    expect(diffTo({ name: unknownValue, weights: "other" })).toMatchObject({
      changes: true,
      replaces: ["acme.weights"],
    });
  });

  test("may be the whole block", () => {
    expect(diff(kind, state, { acme: unknownValue })).toMatchObject({ changes: true, replaces: [] });
  });
});

test("another platform is a replacement, with the new one made first", () => {
  expect(diff(kind, state, { zenith: acme })).toMatchObject({
    changes: true,
    replaces: ["zenith"],
    deleteBeforeReplace: false,
  });
});

describe("what never touches a deployment", () => {
  test.each([
    [{ waitForReady: true }, { waitForReady: false }],
    [{ adopt: "d1" }, {}],
    [{ adopt: "d1" }, { adopt: "d2" }],
    [{ onCreateFailure: "keep" }, { onCreateFailure: "remove" }],
    [{ __timeouts: { create: 60 } }, { __timeouts: { create: 120 } }],
    [{ __provider: "exports.old" }, { __provider: "exports.new" }],
  ])("%j to %j", (before, after) => {
    expect(diff(kind, { ...state, ...before }, { acme, ...after }).changes).toBe(false);
  });

  test("live values of any kind", () => {
    const outputs = {
      endpoint: "https://e",
      weights: "m",
      replicas: { running: 3, pending: 1 },
      platformStatus: "scaling",
    };

    expect(diff(kind, { ...state, ...outputs, status: "pending", ready: false }, { acme }).changes).toBe(false);
  });
});

describe("self-repair", () => {
  const repairs = createFakePlatform("acme", { repairsDegraded: true });
  const repairingKind = kindWithBlocks("ModelDeployment", [repairs]);

  test.each([
    ["stopped", "update"],
    ["failed", "replace"],
    ["gone", "replace"],
    ["pending", "none"],
    ["ready", "none"],
    ["degraded", "none"],
    ["unknown", "none"],
  ] as const)("a deployment that is %s: %s", (status, repair) => {
    const result = diffTo({}, { status });

    expect(result).toMatchObject({ repair, changes: repair !== "none" });
    expect(result.replaces).toEqual(repair === "replace" ? ["acme"] : []);
  });

  test("one that failed is removed before it is made anew, since it holds its name", () => {
    expect(diffTo({}, { status: "failed" }).deleteBeforeReplace).toBe(true);
  });

  test("a degraded one is updated on a platform that does not heal it by itself", () => {
    expect(diff(repairingKind, { ...state, status: "degraded" }, { acme })).toMatchObject({
      changes: true,
      repair: "update",
    });
  });

  test.each(["stopped", "failed", "gone", "pending"])("one that should not run may be %s", (status) => {
    const stopped = { ...acme, enabled: false };

    expect(diff(kind, { acme: stopped, ...ready, status }, { acme: stopped }).changes).toBe(false);
  });

  test("one that is to run again is started by the change itself", () => {
    expect(diff(kind, { acme: { ...acme, enabled: false }, ...ready, status: "stopped" }, { acme })).toMatchObject({
      changes: true,
      replaces: [],
    });
  });
});

describe("a wait that did not end", () => {
  test("is taken up again", () => {
    expect(diffTo({}, { status: "pending", __awaiting: true })).toMatchObject({ changes: true, repair: "update" });
  });

  test("is not, when the program waits no more", () => {
    const awaiting = { ...state, status: "pending", __awaiting: true };

    expect(diff(kind, awaiting, { acme, waitForReady: false }).changes).toBe(false);
  });

  test("is taken up again for a deployment that was to stop, until it has", () => {
    const stopped = { ...acme, enabled: false };
    const stopping = { acme: stopped, ...ready, __awaiting: true };

    expect(diff(kind, { ...stopping, status: "ready" }, { acme: stopped }).repair).toBe("update");
    expect(diff(kind, { ...stopping, status: "stopped" }, { acme: stopped }).repair).toBe("none");
  });
});

test("a state without inputs, as `get` leaves it, has nothing to compare", () => {
  expect(diff(oneKind, { ...ready }, {}).changes).toBe(false);
  expect(diff(kind, { ...ready }, { acme }).changes).toBe(true);
});

describe("any inputs", () => {
  const text = fc.string({ minLength: 1 });
  const inputs: fc.Arbitrary<FakeInputs> = fc.record(
    {
      name: text,
      weights: text,
      scale: fc.record({ min: fc.nat(8), max: fc.integer({ min: 1, max: 8 }) }, { requiredKeys: [] }),
      memory: fc.constantFrom("1GiB", "1024MiB", "2GiB"),
      nodes: fc.array(text, { maxLength: 3 }),
      environment: fc.dictionary(text, text, { maxKeys: 3 }),
      token: text,
      enabled: fc.boolean(),
    },
    { requiredKeys: ["name", "weights"] },
  );

  test("do not differ from the state that was made of them", () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const status = given.enabled === false ? "stopped" : "ready";

        expect(diff(kind, { acme: given, ...ready, status }, { acme: structuredClone(given) })).toMatchObject({
          changes: false,
          properties: [],
        });
      }),
    );
  });

  test("replace only for what can only be replaced, and only when it differs", () => {
    fc.assert(
      fc.property(inputs, inputs, (from, to) => {
        const { replaces } = diff(kind, { acme: from, ...ready }, { acme: to });

        const expected = [
          ...(from.name === to.name ? [] : ["acme.name"]),
          ...(from.weights === to.weights ? [] : ["acme.weights"]),
        ];
        expect(replaces).toEqual(expected);
      }),
    );
  });

  test("with values that are not known yet never replace for these", () => {
    const keys = fc.subarray([...fakeInputKeys], { minLength: 1 });
    fc.assert(
      fc.property(inputs, keys, (given, unknownKeys) => {
        const news = { ...given, ...Object.fromEntries(unknownKeys.map((key) => [key, unknownValue])) };

        expect(diff(kind, { acme: given, ...ready }, { acme: news })).toMatchObject({ changes: true, replaces: [] });
      }),
    );
  });
});
