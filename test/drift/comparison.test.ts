import { compareReports, hasNews } from "../../drift/comparison";
import type { ResourceDrift } from "../../drift/report";
import { failed, mixed, reportOf, resource } from "./reports";

const bounds = (now: unknown) => ({ path: "deepinfra.settings", class: "scale-bounds" as const, old: 4, new: now });
const drifted = (now: unknown): ResourceDrift => resource("llama", "drifted", { differences: [bounds(now)] });
const compare = (before: ResourceDrift[], after: ResourceDrift[]) => compareReports(reportOf(before), reportOf(after));

it("finds nothing new in the same report", () => {
  const comparison = compareReports(mixed, { ...mixed, endedAt: "2026-11-22T03:00:00Z" });

  expect(hasNews(comparison)).toBe(false);
});

it.each<[string, ResourceDrift[], ResourceDrift[]]>([
  ["what was clean", [resource("llama", "clean")], [drifted(8)]],
  ["what was not there", [], [drifted(8)]],
  ["what drifts elsewhere now", [drifted(8)], [drifted(9)]],
  ["what is worse now", [drifted(8)], [resource("llama", "unhealthy", { differences: [bounds(8)] })]],
  ["what is not known any more", [drifted(8)], [resource("llama", "unknown", { reason: "401" })]],
])("calls new %s", (_what, before, after) => {
  const comparison = compare(before, after);

  expect([...comparison.fresh]).toEqual([drifted(8).urn]);
  expect(comparison.resolved).toEqual([]);
  expect(hasNews(comparison)).toBe(true);
});

it.each<[string, ResourceDrift[], ResourceDrift[]]>([
  [
    "the reason",
    [resource("llama", "unknown", { reason: "request 1" })],
    [resource("llama", "unknown", { reason: "2" })],
  ],
  ["the order of keys", [drifted({ a: 1, b: [2] })], [drifted({ b: [2], a: 1 })]],
  ["a version that floats", [resource("llama", "clean")], [resource("llama", "clean", { differences: [bounds(8)] })]],
])("does not call new %s alone", (_what, before, after) => {
  expect(hasNews(compare(before, after))).toBe(false);
});

it("calls resolved what is clean now, or left the stack", () => {
  const before = [drifted(8), resource("other", "unknown"), resource("third", "clean")];

  expect(compare(before, [resource("llama", "clean")]).resolved).toEqual([
    { urn: drifted(8).urn, name: "llama", verdict: "drifted", left: false },
    { urn: resource("other", "unknown").urn, name: "other", verdict: "unknown", left: true },
  ]);
});

it("calls the detection's errors new when there were none", () => {
  const fine = { ...failed, errors: [] };

  expect(hasNews(compareReports(fine, failed))).toBe(true);
  expect(hasNews(compareReports(failed, failed))).toBe(false);
  expect(hasNews(compareReports(failed, fine))).toBe(false);
});
