import { runtime } from "@pulumi/pulumi";
import { containsUnknown, isUnknown, isUnknownAt, unknownValue } from "../../provider/inputs/unknown";

test("the value is the one of Pulumi's protocol", () => {
  expect(unknownValue).toBe(runtime.unknownValue);
});

test("only the whole value is unknown", () => {
  expect([isUnknown(unknownValue), isUnknown(`${unknownValue} `), isUnknown(undefined)]).toEqual([true, false, false]);
});

test("an unknown value is found anywhere inside", () => {
  expect(containsUnknown({ a: [{ b: unknownValue }] })).toBe(true);
  expect(containsUnknown({ a: [{ b: null }], c: undefined })).toBe(false);
});

test("a path is unknown when it, or anything on the way to it, is", () => {
  const inputs = { hf: unknownValue, settings: { min: unknownValue, max: 1 }, nodes: ["a", unknownValue] };

  expect(isUnknownAt(inputs, ["hf", "token"])).toBe(true);
  expect(isUnknownAt(inputs, ["settings", "min"])).toBe(true);
  expect(isUnknownAt(inputs, ["settings", "max"])).toBe(false);
  expect(isUnknownAt(inputs, ["nodes", 1])).toBe(true);
  expect(isUnknownAt(inputs, ["nodes", 0])).toBe(false);
  expect(isUnknownAt(inputs, ["missing", "deep"])).toBe(false);
  expect(isUnknownAt(unknownValue, [])).toBe(true);
});
