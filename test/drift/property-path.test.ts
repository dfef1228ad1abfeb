import { covers, formatPropertyPath, parsePropertyPath, valueAt } from "../../drift/property-path";

describe("parsePropertyPath", () => {
  it.each([
    ["deepinfra", ["deepinfra"]],
    ["deepinfra.settings", ["deepinfra", "settings"]],
    ['tags["a.b"]', ["tags", "a.b"]],
    ['["a"].b[0].c', ["a", "b", 0, "c"]],
    ['a["say \\"x\\" \\\\ y"]', ["a", 'say "x" \\ y']],
    ["*", ["*"]],
    ["a.*.c", ["a", "*", "c"]],
    ["a[*]", ["a", "*"]],
  ])("reads %s", (text, path) => {
    expect(parsePropertyPath(text)).toEqual(path);
  });

  it.each(["", ".", "a.", ".a", "a..b", "a[", "a[x]", 'a["b]', "a b", "a]", "[0]x"])("refuses %j", (text) => {
    expect(parsePropertyPath(text)).toBeUndefined();
  });

  it.each([[["a", "b.c", 'd"e', 3, "f"]], [["runtimeConfiguration", "environmentVariables", "MY KEY"]]])(
    "reads what is written of %j",
    (path) => {
      expect(parsePropertyPath(formatPropertyPath(path))).toEqual(path);
    },
  );
});

describe("covers", () => {
  it.each([
    ["deepinfra", "deepinfra.settings.maxInstances", true],
    ["deepinfra.settings", "deepinfra.settings", true],
    ["deepinfra.settings.maxInstances", "deepinfra.settings", false],
    ["deepinfra.set", "deepinfra.settings", false],
    ["*", "status", true],
    ["deepinfra.*.maxInstances", "deepinfra.settings.maxInstances", true],
    ["deepinfra.*.maxInstances", "deepinfra.settings.minInstances", false],
    ["list[0]", "list[0].a", true],
    ["list[0]", "list[1].a", false],
  ])("%s over %s: %s", (pattern, path, expected) => {
    expect(covers(parsePropertyPath(pattern) ?? [], parsePropertyPath(path) ?? [])).toBe(expected);
  });
});

it("finds values, and nothing that objects inherit", () => {
  expect(valueAt({ a: [{ b: 1 }] }, ["a", 0, "b"])).toBe(1);
  expect(valueAt({ a: {} }, ["a", "constructor"])).toBeUndefined();
  expect(valueAt({ a: "text" }, ["a", "length"])).toBeUndefined();
});
