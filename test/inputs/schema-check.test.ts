import fc from "fast-check";
import { z } from "zod";
import { integerAtLeast, integerBetween, numberAbove, numberBetween, oneOf, text } from "../../provider/inputs/fields";
import { problemsOf } from "../../provider/inputs/schema-check";
import { formatPath } from "../../provider/inputs/path-text";
import { unknownValue } from "../../provider/inputs/unknown";

const schema = z.strictObject({
  modelName: text(),
  numGpus: integerBetween(1, 8).optional(),
  delay: integerAtLeast(0).optional(),
  temperature: numberBetween(0, 2).optional(),
  load: numberAbove(0).optional(),
  kind: oneOf(["openSource", "fineTune"]).optional(),
  enabled: z.boolean().optional(),
  extraArgs: z.array(text()).optional(),
  settings: z.strictObject({ minInstances: integerBetween(1, 8), maxInstances: integerBetween(1, 8) }).optional(),
  sources: z.array(z.strictObject({ rid: text(), readOnly: z.boolean().optional() })).optional(),
  environment: z.record(z.string(), text()).optional(),
  volumes: z.record(z.string(), z.strictObject({ path: text() })).optional(),
});

/** As a user reads them. */
function problems(inputs: unknown): string[] {
  return problemsOf(schema, inputs).map(({ path, message }) => `${path}: ${message}`);
}

test("inputs that are right have no problems", () => {
  expect(
    problems({ modelName: "m", numGpus: 8, settings: { minInstances: 1, maxInstances: 2 }, environment: { A: "b" } }),
  ).toEqual([]);
});

test.each([
  [{ numGpus: 9 }, "numGpus: must be a whole number between 1 and 8, got 9"],
  [{ numGpus: 1.5 }, "numGpus: must be a whole number between 1 and 8, got 1.5"],
  [{ numGpus: NaN }, "numGpus: must be a whole number between 1 and 8, got NaN"],
  [{ numGpus: "2" }, "numGpus: must be a whole number between 1 and 8, got a string"],
  [{ numGpus: null }, "numGpus: must be a whole number between 1 and 8, got null"],
  [{ delay: -1 }, "delay: must be a whole number of at least 0, got -1"],
  [{ temperature: 2.1 }, "temperature: must be a number between 0 and 2, got 2.1"],
  [{ load: 0 }, "load: must be a number above 0, got 0"],
  [{ modelName: "" }, "modelName: must not be empty"],
  [{ modelName: 7 }, "modelName: must be a text, got a number"],
  [{ modelName: ["m"] }, "modelName: must be a text, got a list"],
  [{ kind: "openSauce" }, 'kind: must be one of "openSource", "fineTune" (did you mean "openSource"?)'],
  [{ kind: 48151623421 }, 'kind: must be one of "openSource", "fineTune", got a number'],
  [{ kind: "hunter22" }, 'kind: must be one of "openSource", "fineTune", got a string'],
  [{ enabled: "yes" }, "enabled: must be a boolean, got a string"],
  [{ extraArgs: "a" }, "extraArgs: must be a list, got a string"],
  [{ extraArgs: { a: "b" } }, "extraArgs: must be a list, got an object"],
  [{ settings: [] }, "settings: must be an object, got a list"],
  [{ environment: "A=b" }, "environment: must be an object, got a string"],
  [{ settings: null }, "settings: must be an object, got null"],
])("%j: %s", (inputs, expected) => {
  expect(problems({ modelName: "m", ...inputs })).toEqual([expected]);
});

test("what is missing is required", () => {
  expect(problems({ settings: { minInstances: 1 } })).toEqual([
    "modelName: is required",
    "settings.maxInstances: is required",
  ]);
});

test("an item of a list is named by its index", () => {
  expect(problems({ modelName: "m", extraArgs: ["a", 7, ""] })).toEqual([
    "extraArgs[1]: must be a text, got a number",
    "extraArgs[2]: must not be empty",
  ]);
});

describe("an unknown key", () => {
  test("is told with the nearest known one", () => {
    expect(problems({ modelName: "m", numGPU: 1 })).toEqual([
      'numGPU: is not a known property (did you mean "numGpus"?)',
    ]);
  });

  test("is told with its full path, and the keys that are known there", () => {
    expect(problems({ modelName: "m", settings: { minInstances: 1, maxInstances: 1, minimum: 2, xyz: 1 } })).toEqual([
      "settings.minimum: is not a known property; known: minInstances, maxInstances",
      "settings.xyz: is not a known property; known: minInstances, maxInstances",
    ]);
  });

  test("is told inside of the items of a list", () => {
    expect(problems({ modelName: "m", sources: [{ rid: "r" }, { rid: "r", readonly: true }] })).toEqual([
      'sources[1].readonly: is not a known property (did you mean "readOnly"?)',
    ]);
  });

  test("is told inside of the values of a map", () => {
    expect(problems({ modelName: "m", volumes: { data: { path: "/", pth: "/" } } })).toEqual([
      'volumes.data.pth: is not a known property (did you mean "path"?)',
    ]);
  });

  test("is told even when its value is not known yet", () => {
    expect(problems({ modelName: "m", nmGpus: unknownValue })).toHaveLength(1);
  });
});

test("all problems are told at once, one for each path", () => {
  expect(
    problems({ numGpus: 0.5, delay: -1, kind: 3, extraArgs: [""], setings: {} }).map(
      (problem) => problem.split(":")[0],
    ),
  ).toEqual(expect.arrayContaining(["modelName", "numGpus", "delay", "kind", "extraArgs[0]", "setings"]));
  expect(problems({ numGpus: 0.5, delay: -1, kind: 3, extraArgs: [""], setings: {} })).toHaveLength(6);
});

test("values that are not known yet pass, with everything inside of them", () => {
  expect(
    problems({
      modelName: unknownValue,
      numGpus: unknownValue,
      settings: unknownValue,
      extraArgs: ["a", unknownValue],
      sources: [unknownValue, { rid: unknownValue, readOnly: unknownValue }],
      environment: { A: unknownValue },
    }),
  ).toEqual([]);
  expect(problems(unknownValue)).toEqual([]);
});

test("a value that is not known yet hides no problem beside it", () => {
  expect(problems({ modelName: unknownValue, settings: { minInstances: unknownValue, maxInstances: 9 } })).toEqual([
    "settings.maxInstances: must be a whole number between 1 and 8, got 9",
  ]);
});

test("the value of a text is never told, wherever it is put", () => {
  const places: ((secret: string) => Record<string, unknown>)[] = [
    (secret) => ({ numGpus: secret }),
    (secret) => ({ temperature: secret }),
    (secret) => ({ kind: secret }),
    (secret) => ({ enabled: secret }),
    (secret) => ({ extraArgs: secret }),
    (secret) => ({ extraArgs: [[secret]] }),
    (secret) => ({ settings: secret }),
    (secret) => ({ settings: { minInstances: secret, maxInstances: { secret } } }),
    (secret) => ({ sources: [secret] }),
    (secret) => ({ environment: [secret] }),
    (secret) => ({ environment: { A: [secret] } }),
    (secret) => ({ modelName: { secret } }),
    (secret) => ({ unheardOf: secret }),
  ];
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom(...places), (secret, place) => {
      const told = problems({ modelName: "m", ...place(secret) });

      expect(told.length).toBeGreaterThan(0);
      expect(told.join("\n")).not.toContain(secret);
    }),
  );
});

test("whatever is given, the answer is a list of problems", () => {
  fc.assert(
    fc.property(fc.anything(), (inputs) => {
      expect(Array.isArray(problemsOf(schema, inputs))).toBe(true);
    }),
  );
});

test("paths are written as a user writes them", () => {
  expect(formatPath(["settings", "list", 0, "name"])).toBe("settings.list[0].name");
  expect(formatPath([])).toBe("");
});
