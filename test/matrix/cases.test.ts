/** What is left out of a run leaves no fault, no point and no platform out. */
import { chosenCases, type MatrixCase, matrixCases } from "./cases";

const all = matrixCases();
const chosen = chosenCases(all, undefined);

const isOf = (lasts: boolean) => (one: MatrixCase) => one.lasts === lasts;
const pairs: Record<string, (one: MatrixCase) => string> = {
  "fault on each platform": ({ platform, fault }) => `${platform}: ${fault?.name}`,
  "point on each platform": ({ platform, call, point }) => `${platform}: ${call}, ${point}`,
  "fault at each point": ({ call, point, fault }) => `${call}, ${point}: ${fault?.name}`,
};

test("all that strike once are played", () => {
  expect(chosen.filter(isOf(false))).toEqual(all.filter(isOf(false)));
});

test.each(Object.entries(pairs))("of those that last, each %s is played", (_title, pairOf) => {
  const every = new Set(all.filter(isOf(true)).map(pairOf));

  expect(new Set(chosen.filter(isOf(true)).map(pairOf))).toEqual(every);
  expect(every.size).toBeGreaterThan(0);
});

test("of those that last, each is played on one platform", () => {
  const lasting = chosen.filter(isOf(true)).map(pairs["fault at each point"] ?? String);

  expect(new Set(lasting).size).toBe(lasting.length);
});

test("the whole product can be played", () => {
  expect(chosenCases(all, "all")).toEqual(all);
});
