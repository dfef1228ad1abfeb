import { parseSettings } from "../../drift/settings";

const parse = (value: unknown) => parseSettings(JSON.stringify(value));

it("is empty where nothing is set", () => {
  expect(parseSettings(undefined)).toEqual({ ignore: [] });
  expect(parse({})).toEqual({ ignore: [] });
});

it("takes rules", () => {
  const ignore = [{ resource: "llama*", paths: ["deepinfra.settings.maxInstances"], reason: "scaled by hand" }];

  expect(parse({ ignore })).toEqual({ ignore });
  expect(parse({ ignore: [{ paths: ["*"] }] })).toEqual({ ignore: [{ paths: ["*"] }] });
});

it.each([
  ["a misspelt section", { ignores: [] }, 'ignores: is not a known property (did you mean "ignore"?)'],
  ["a misspelt member", { ignore: [{ paths: ["a"], path: "a" }] }, "ignore[0].path: is not a known property"],
  ["no paths", { ignore: [{ resource: "a" }] }, "ignore[0].paths: is required"],
  ["an empty list of paths", { ignore: [{ paths: [] }] }, "ignore[0].paths: must name at least one path"],
  ["what is no path", { ignore: [{ paths: ["a", "b..c"] }] }, "ignore[0].paths[1]: must be a path like"],
  ["a text", "llama", "must be an object"],
  ["a rule that is a text", { ignore: ["llama"] }, "ignore[0]: must be an object, got a string"],
])("refuses %s", (_what, value, message) => {
  expect(() => parse(value)).toThrow(`the stack's config inference:drift: ${message}`);
});

it("refuses what is no JSON, and says how to set it", () => {
  expect(() => parseSettings("llama")).toThrow(/inference:drift: must be an object; set it with `pulumi config set/);
});
