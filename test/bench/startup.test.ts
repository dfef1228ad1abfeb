import { cases } from "../../bench/startup/cases";
import { startReport, startResults } from "../../bench/startup/report";
import { type StartFigures, start } from "../../bench/startup/start";

const figures = (cpuMs: number): StartFigures => ({
  ...{ cpuMs, wallMs: 2 * cpuMs },
  ...{ residentBytes: cpuMs * 1e6, heapBytes: cpuMs * 1e5, modules: 3 },
});

it("takes the medians, and tells what lies above the case beside", () => {
  const runs = new Map([
    ["empty", [figures(100), figures(120), figures(900)]],
    ["ours", [figures(150), figures(10), figures(160)]],
  ]);
  const results = startResults([{ name: "empty" }, { name: "ours", beside: "empty" }], runs);

  expect(results.map(({ cpuMs, above }) => [cpuMs, above.cpuMs])).toEqual([
    [120, undefined],
    [150, 30],
  ]);
  expect(startReport(results)).toContain("| ours  |    150 |    30 |");
});

it("names a case beside each that there is", () => {
  const names = cases.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  expect(cases.filter(({ beside }) => beside !== undefined && !names.includes(beside))).toEqual([]);
});

it("starts modules and commands, and tells when one fails", async () => {
  expect((await start({ name: "a module", modules: ["./dist/provider/version.js"] })).modules).toBe(2);
  expect((await start({ name: "a command", command: ["./dist/cli/main.js", "--help"] })).modules).toBeGreaterThan(5);
  await expect(start({ name: "a gap", modules: ["./dist/nowhere.js"] })).rejects.toThrow(
    /^a gap could not be started:[^]*nowhere/,
  );
});
