import fc from "fast-check";
import { differences, isEqual } from "../../provider/inputs/differences";
import { unknownValue } from "../../provider/inputs/unknown";

/** What inputs are made of, with members that are undefined and keys that hold dots. */
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const key = fc.oneof(
  fc.constantFrom("a", "b", "a.b", "a.b.c", "constructor", "toString", "__proto__", ""),
  fc.string(),
);
const { tree } = fc.letrec<{ tree: Record<string, unknown>; node: unknown }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("node"), { maxLength: 3 }), tie("tree")),
  tree: fc.dictionary(key, tie("node"), { maxKeys: 4 }),
}));

test("a tree does not differ from itself, nor from its copy in another order", () => {
  fc.assert(
    fc.property(tree, (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());

      expect(differences(value, value)).toEqual([]);
      expect(differences(value, structuredClone(value))).toEqual([]);
      expect(differences(value, reversed)).toEqual([]);
    }),
  );
});

test("the same paths differ in both directions, with the sides exchanged", () => {
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const there = differences(one, other).map(({ segments, from, to }) => ({ segments, from, to }));
      const back = differences(other, one).map(({ segments, from, to }) => ({ segments, from: to, to: from }));

      expect(there).toEqual(back);
    }),
  );
});

test("trees without differences are equal, and equal trees have none", () => {
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      // An empty block counts as no block, which equality of JSON does not know.
      if (isEqual(one, other)) expect(differences(one, other)).toEqual([]);
      expect(isEqual(one, one)).toBe(true);
    }),
  );
});

test("every path is told once", () => {
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const paths = differences(one, other).map(({ segments }) => JSON.stringify(segments));

      expect(new Set(paths).size).toBe(paths.length);
    }),
  );
});

test("members that are undefined count as absent", () => {
  expect(differences({ a: undefined, b: { c: undefined } }, {})).toEqual([]);
  expect(isEqual([{ a: 1, b: undefined }], [{ a: 1 }])).toBe(true);
});

test("a leaf is told by its dotted path and both values", () => {
  expect(differences({ settings: { min: 1, max: 2 } }, { settings: { min: 1, max: 4 } })).toEqual([
    { path: "settings.max", segments: ["settings", "max"], from: 2, to: 4, unknown: false },
  ]);
});

test("a block that appears or goes is told by its leaves", () => {
  const block = { settings: { min: 1, max: 2 } };

  expect(differences({}, block).map(({ path }) => path)).toEqual(["settings.max", "settings.min"]);
  expect(differences(block, {}).map(({ path }) => path)).toEqual(["settings.max", "settings.min"]);
});

test("a list is one value, in its order", () => {
  expect(differences({ nodes: ["a", "b"] }, { nodes: ["b", "a"] })).toMatchObject([
    { path: "nodes", from: ["a", "b"] },
  ]);
  expect(differences({ nodes: ["a"] }, { nodes: ["a", "b"] })).toHaveLength(1);
});

test("a key that holds a dot is not taken for a path", () => {
  const [first, second] = differences({ env: { "a.b": "1", a: { b: "1" } } }, { env: { "a.b": "2", a: { b: "2" } } });

  expect([first?.segments, second?.segments]).toEqual([
    ["env", "a", "b"],
    ["env", "a.b"],
  ]);
});

test("a key that every object inherits is told like any other", () => {
  expect(differences({}, { env: { constructor: "x" } })).toMatchObject([{ from: undefined, to: "x" }]);
  expect(differences({ env: { toString: "x" } }, { env: {} })).toMatchObject([{ from: "x", to: undefined }]);
});

test("a new value that is not known yet is told so, also inside of a list", () => {
  const told = differences(
    { a: "x", list: ["x"], same: "x" },
    { a: unknownValue, list: ["x", unknownValue], same: "x" },
  );

  expect(told.map(({ path, unknown }) => ({ path, unknown }))).toEqual([
    { path: "a", unknown: true },
    { path: "list", unknown: true },
  ]);
});

test("a block that is not known yet is one difference", () => {
  expect(differences({ hf: { repo: "a", revision: "b" } }, { hf: unknownValue })).toMatchObject([
    { path: "hf", unknown: true },
  ]);
});

test("null, nothing, zero and empty are four things", () => {
  const pairs: [unknown, unknown][] = [
    [null, 0],
    [null, ""],
    [0, ""],
    [0, false],
    [null, undefined],
    ["1", 1],
  ];

  expect(pairs.map(([from, to]) => differences({ a: from }, { a: to }).length)).toEqual([1, 1, 1, 1, 1, 1]);
});
