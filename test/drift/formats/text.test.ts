import fc from "fast-check";
import { compareReports } from "../../../drift/comparison";
import { textFormat } from "../../../drift/formats/text";
import { clean, failed, hostile, mixed, reportOf, resource } from "../reports";
import { expectGolden } from "./golden";

const setting = { projectFile: "Pulumi.yaml", colours: false };
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));

it("names each resource, the worst first, with what differs and why nothing is known", () => {
  expectGolden("text.txt", textFormat(mixed, setting));
});

it("fits a narrow terminal", () => {
  const text = textFormat(mixed, { ...setting, width: 44 });

  expect(widest(text)).toBeLessThanOrEqual(44);
  expectGolden("text-narrow.txt", text);
});

it("has colours only where it may, and they take no room", () => {
  const colourful = textFormat(mixed, { ...setting, colours: true, width: 60 });
  const plain = textFormat(mixed, { ...setting, width: 60 });

  expect(colourful).toContain("\u001b[31mdrifted");
  expect(plain).not.toContain("\u001b");
  expect(colourful.replace(/\u001b\[\d+m/g, "")).toBe(plain);
});

it("tells what went wrong with the detection itself", () => {
  expectGolden("text-failed.txt", textFormat(failed, setting));
});

it("is one line when nothing is new", () => {
  const comparison = compareReports(mixed, { ...mixed, endedAt: "2026-11-22T03:00:00Z" });

  expect(textFormat(mixed, { ...setting, comparison })).toBe(
    "Drift of acme/chat/dev: nothing new since 2026-11-21 03:00 UTC " +
      "(2 drifted, 1 unhealthy, 1 unknown, 3 clean, 2 differences ignored)\n",
  );
});

it("tells only what is new and what is resolved since an earlier report", () => {
  const later = reportOf([
    ...mixed.resources.filter(({ name }) => name !== "gone" && name !== "live"),
    resource("live", "clean", { urn: mixed.resources[4]?.urn ?? "" }),
    resource("fresh", "unhealthy", { differences: [{ path: "status", class: "health", old: "ready", new: "failed" }] }),
  ]);

  expectGolden("text-since.txt", textFormat(later, { ...setting, comparison: compareReports(mixed, later) }));
});

it("says that a stack is clean, or empty", () => {
  expect(textFormat(clean, setting)).toMatch(/\nclean {2}llama .*\n\n1 clean\n$/s);
  expect(textFormat(reportOf([]), setting)).toBe(
    "Drift of acme/chat/dev: 0 resources looked at in 12s\n\nno resources\n",
  );
});

it("shows nothing that commands a terminal or a runner", () => {
  const text = textFormat(hostile, setting);

  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufffe]/);
  expect(text).not.toMatch(/\p{Cs}/u);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(/##\w*\[/);
});

it("keeps its lines, whatever stands in a report", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.jsonValue(),
      fc.integer({ min: 20, max: 200 }),
      (text, value, width) => {
        const differences = [{ path: text, class: "configuration" as const, old: value, new: text }];
        const report = reportOf([resource(text, "drifted", { id: text, differences })]);
        const shown = textFormat(report, { ...setting, width });

        expect(widest(shown)).toBeLessThanOrEqual(width);
        expect(shown.split("\n").length).toBeLessThanOrEqual(9);
      },
    ),
  );
});
