import { runtime } from "@pulumi/pulumi";
import {
  assumingUnchanged,
  containsUnknown,
  isUnknown,
  isUnknownAt,
  unknownValue,
} from "../../provider/inputs/unknown";

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

test("what is not known yet is taken to be what it was", () => {
  const from = { name: "n", nodes: ["a"], scale: { min: 1, max: 2 }, gone: 1 };
  const to = {
    name: unknownValue,
    nodes: ["b", unknownValue],
    scale: { min: 3, max: unknownValue },
    added: unknownValue,
  };

  expect(assumingUnchanged(from, to)).toEqual({ name: "n", nodes: ["a"], scale: { min: 3, max: 2 } });
});

test("a block that is not known yet is taken to be what it was, as a whole", () => {
  expect(assumingUnchanged({ scale: { min: 1 } }, { scale: unknownValue })).toEqual({ scale: { min: 1 } });
});

test("what is known stays", () => {
  const inputs = { a: 1, b: { c: [null, "x"] }, d: false };

  expect(assumingUnchanged({ a: 2, b: 7 }, inputs)).toEqual(inputs);
});
