import { type Bounds, problemsOfBounds } from "../../provider/inputs/bounds";
import { unknownValue } from "../../provider/inputs/unknown";

const bounds: Bounds = { within: "settings", minimum: "min", maximum: "max", default: 1 };

test("a minimum above its maximum is a problem, with both values", () => {
  expect(problemsOfBounds({ settings: { min: 4, max: 2 } }, bounds)).toEqual([
    { path: "settings.min", message: "must not be above max, got 4 above 2" },
  ]);
});

test("a minimum above the default of a maximum that is left out is a problem, too", () => {
  expect(problemsOfBounds({ settings: { min: 2 } }, bounds)).toHaveLength(1);
});

test.each([
  [{ settings: { min: 2, max: 2 } }],
  [{ settings: { max: 2 } }],
  [{ settings: { min: unknownValue, max: 1 } }],
  [{ settings: { min: 2, max: unknownValue } }],
  [{ settings: unknownValue }],
  [{ settings: { min: "4", max: 2 } }],
  [{}],
  [unknownValue],
  [undefined],
])("%j passes", (block) => {
  expect(problemsOfBounds(block, bounds)).toEqual([]);
});

test("the bounds may stand at the top of the block, without defaults", () => {
  const atTheTop: Bounds = { within: "", minimum: "min", maximum: "max" };

  expect(problemsOfBounds({ min: 3, max: 2 }, atTheTop)).toMatchObject([{ path: "min" }]);
  expect(problemsOfBounds({ min: 3 }, atTheTop)).toEqual([]);
});
