import fc from "fast-check";
import { unknownValue } from "../../../provider/inputs/unknown";
import { rules } from "../../../provider/platforms/opensearch/rules";

describe("check", () => {
  it("accepts the documented inputs", () => {
    const findings = rules.check({ modelId: "-osN_KEBsc083YFgiYhm", nodeIds: ["a", "b"] });

    expect(findings).toEqual({ problems: [], warnings: [] });
  });

  it.each([
    ["no modelId", {}, "modelId", /required/],
    ["an empty modelId", { modelId: "" }, "modelId", /must not be empty/],
    ["a node that is no text", { modelId: "m", nodeIds: ["a", 1] }, "nodeIds[1]", /must be a text/],
    ["nodes that are no list", { modelId: "m", nodeIds: "a" }, "nodeIds", /must be a list/],
    ["a misspelt key", { modelId: "m", nodeids: ["a"] }, "nodeids", /did you mean "nodeIds"/],
  ])("refuses %s", (_name, inputs, path, message) => {
    expect(rules.check(inputs).problems).toEqual([{ path, message: expect.stringMatching(message) as string }]);
  });

  it("lets values through that are not known yet", () => {
    expect(rules.check({ modelId: unknownValue, nodeIds: ["a", unknownValue] }).problems).toEqual([]);
    expect(rules.check({ modelId: "m", nodeIds: unknownValue }).problems).toEqual([]);
  });
});

describe("canonical", () => {
  it("takes nodes as a set", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (nodeIds) => {
        const shuffled = [...nodeIds.slice(1), ...nodeIds];
        expect(rules.canonical({ modelId: "m", nodeIds: shuffled })).toEqual(
          rules.canonical({ modelId: "m", nodeIds }),
        );
      }),
    );
  });

  it("takes no nodes as all nodes", () => {
    expect(rules.canonical({ modelId: "m", nodeIds: [] })).toEqual({ modelId: "m" });
  });

  it("keeps what is not known yet", () => {
    const nodeIds = unknownValue as unknown as string[];

    expect(rules.canonical({ modelId: "m", nodeIds })).toEqual({ modelId: "m", nodeIds: unknownValue });
  });
});

it("replaces for another model, and moves for other nodes", () => {
  expect(rules.effectOf("modelId")).toBe("replace");
  expect(rules.effectOf("nodeIds")).toBe("update");
  expect(rules.identity({ modelId: "m", nodeIds: ["a"] })).toBe(rules.identity({ modelId: "m" }));
  expect(rules.wantsRunning({ modelId: "m" })).toBe(true);
});
