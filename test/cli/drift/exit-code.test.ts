import { exitCodeOf } from "../../../cli/drift/exit-code";
import type { FailingVerdict } from "../../../cli/drift/options";
import { compareReports } from "../../../drift/comparison";
import type { DriftReport } from "../../../drift/report";
import { clean, failed, mixed, reportOf, resource } from "../../drift/reports";

const all: FailingVerdict[] = ["drifted", "unhealthy", "unknown"];
const drifted = reportOf([resource("llama", "drifted")]);
const unhealthy = reportOf([resource("llama", "unhealthy")]);
const unknown = reportOf([resource("llama", "unknown")]);

it.each<[string, DriftReport, FailingVerdict[], number]>([
  ["clean", clean, all, 0],
  ["drifted", drifted, all, 2],
  ["unhealthy", unhealthy, all, 2],
  ["only unknown", unknown, all, 1],
  ["the detection failed", failed, all, 1],
  ["drift is certain, whatever else is unknown", mixed, all, 2],
  ["drift that does not count beside what is unknown", mixed, ["unknown"], 1],
  ["unknown does not count", unknown, ["drifted", "unhealthy"], 0],
  ["an error of the detection counts as unknown", failed, ["drifted"], 0],
  ["only drift counts", unhealthy, ["drifted"], 0],
  ["nothing counts", mixed, [], 0],
])("%s", (_what, report, failOn, code) => {
  expect(exitCodeOf(report, failOn)).toBe(code);
});

it("speaks only of what is new, when it is asked to", () => {
  const more = reportOf([...unknown.resources, resource("other", "drifted")]);

  expect(exitCodeOf(drifted, all, compareReports(drifted, drifted))).toBe(0);
  expect(exitCodeOf(more, all, compareReports(unknown, more))).toBe(2);
  expect(exitCodeOf(unknown, all, compareReports(clean, unknown))).toBe(1);
  expect(exitCodeOf(failed, all, compareReports(failed, failed))).toBe(0);
  expect(exitCodeOf(failed, all, compareReports(clean, failed))).toBe(1);
});
