import fc from "fast-check";
import { compareReports } from "../../../drift/comparison";
import { githubFormat } from "../../../drift/formats/github";
import { attacks, failed, hostile, mixed, reportOf, resource } from "../reports";
import { expectGolden } from "./golden";

const setting = { projectFile: "infra/Pulumi.yaml", colours: false };

interface Annotation {
  level: string;
  title: string;
  file: string;
  message: string;
}

/** As the runner reads a line. */
function parse(line: string): Annotation {
  const [, level = "", properties = "", message = ""] = /^::(error|warning|notice) ([^:]*)::(.*)$/.exec(line) ?? [];
  const values = Object.fromEntries(
    properties.split(",").map((property) => {
      const [key = "", ...rest] = property.split("=");
      return [key, decode(rest.join("="))];
    }),
  ) as { title: string; file: string };
  return { level, title: values.title, file: values.file, message: decode(message) };
}

function decode(text: string): string {
  const spelled: Record<string, string> = { "%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%" };
  return text.replace(/%(3A|2C|0D|0A|25)/g, (code) => spelled[code] ?? code);
}

const lines = (text: string): string[] => text.trimEnd().split("\n");

it("has a line for each finding, and one for the whole", () => {
  const text = githubFormat(mixed, setting);

  expect(lines(text).map((line) => parse(line).level)).toEqual([
    "error",
    "error",
    "error",
    "warning",
    "notice",
    "notice",
  ]);
  expect(new Set(lines(text).map((line) => parse(line).file))).toEqual(new Set(["infra/Pulumi.yaml"]));
  expectGolden("github.txt", text);
});

it("says what went wrong with the detection", () => {
  expect(lines(githubFormat(failed, setting)).map((line) => parse(line).title)).toEqual([
    "Drift detection failed",
    "Drift detection failed",
    "Drift of acme/chat/dev",
  ]);
});

it("tells only what is new since an earlier report", () => {
  const later = reportOf([...mixed.resources, resource("fresh", "drifted")]);
  const text = githubFormat(later, { ...setting, comparison: compareReports(mixed, later) });

  expect(lines(text).map((line) => parse(line).title)).toEqual([
    "drifted: fresh (deepinfra)",
    "Drift of acme/chat/dev",
  ]);
});

it("gives no other command, whatever a platform answers", () => {
  const annotations = lines(githubFormat(hostile, setting)).map(parse);

  expect(annotations).toHaveLength(2 * attacks.length + 1);
  expect(annotations.filter(({ level }) => level === "")).toEqual([]);
  expect(annotations.map(({ message }) => message).join("\n")).toContain(attacks[5]);
});

it("is one command a line, whatever stands in a report", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (text, value) => {
      const differences = [{ path: text, class: "configuration" as const, old: value, new: text }];
      const report = reportOf([resource(text, "drifted", { reason: text, differences })], { errors: [text] });
      const shown = githubFormat(report, { ...setting, projectFile: text });

      expect(shown.split(/\r\n|[\r\n]/)).toHaveLength(4);
      expect(lines(shown).map((line) => parse(line).level)).toEqual(["error", "error", "notice"]);
    }),
  );
});
