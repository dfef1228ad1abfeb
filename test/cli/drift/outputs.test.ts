import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planOutputs, writeOutputs } from "../../../cli/drift/outputs";
import { readEarlierReport } from "../../../cli/drift/earlier-report";
import { hasColours, type Terminal } from "../../../cli/terminal";
import { mixed } from "../../drift/reports";

const folder = mkdtempSync(join(tmpdir(), "drift-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);

function record(): Terminal & { written: string; told: string } {
  const terminal = {
    written: "",
    told: "",
    colours: false,
    write: (text: string): void => void (terminal.written += text),
    tell: (text: string): void => void (terminal.told += text),
  };
  return terminal;
}

it.each([
  ["text by default", { format: [] }, [{ format: "text" }]],
  ["one that is asked for", { format: [{ format: "json" as const }] }, [{ format: "json" }]],
  [
    "text beside formats that go to files",
    { format: [{ format: "json" as const, file: file("a.json") }] },
    [{ format: "text" }, { format: "json", file: file("a.json") }],
  ],
  [
    "--output instead",
    { format: [{ format: "json" as const }], output: file("b") },
    [{ format: "json", file: file("b") }],
  ],
])("shows %s", (_what, given, outputs) => {
  expect(planOutputs(given)).toEqual(outputs);
});

it("refuses two formats in one place, and a file that cannot be, before anything is looked at", () => {
  expect(() => planOutputs({ format: [{ format: "json" }, { format: "github" }] })).toThrow(
    "json and github cannot share an output; give one a file: --format github=<file>",
  );
  expect(() =>
    planOutputs({ format: [{ format: "json", file: file("c") }], output: join(folder, "x", "..", "c") }),
  ).toThrow("two formats cannot go to the same file");
  expect(() => planOutputs({ format: [{ format: "json", file: "/dev/null/x" }] })).toThrow(
    /^\/dev\/null\/x cannot be written: /,
  );
});

it("writes every format to its file, in folders that were not there", () => {
  const terminal = record();
  const format = (["json", "markdown", "junit", "sarif", "github"] as const).map((name) => ({
    format: name,
    file: file(`made/${name}`),
  }));
  writeOutputs(planOutputs({ format }), mixed, { projectFile: "Pulumi.yaml" }, terminal);

  expect(JSON.parse(readFileSync(file("made/json"), "utf8"))).toEqual(mixed);
  for (const name of ["markdown", "junit", "sarif", "github"]) {
    expect(readFileSync(file(`made/${name}`), "utf8")).toContain("maxInstances");
  }
  expect(terminal.written).toContain("2 drifted, 1 unhealthy");
  expect(terminal.told).toBe("");
});

it("leaves a line where everything went to files, and writes the others when one fails", () => {
  const terminal = record();
  mkdirSync(file("folder"));
  const outputs = planOutputs({
    format: [
      { format: "json", file: file("folder") },
      { format: "junit", file: file("d.xml") },
    ],
    output: file("e.txt"),
  });

  expect(() => writeOutputs(outputs, mixed, { projectFile: "Pulumi.yaml" }, terminal)).toThrow(
    /folder cannot be written/,
  );
  expect(readFileSync(file("d.xml"), "utf8")).toContain("<testsuites");
  expect(readFileSync(file("e.txt"), "utf8")).toContain("2 drifted");
  expect(terminal.written).toBe("");
  expect(terminal.told).toMatch(/^Drift of acme\/chat\/dev: 2 drifted.*\n$/);
});

it("reads what it wrote, and says why it cannot read other things", () => {
  writeOutputs([{ format: "json", file: file("last.json") }], mixed, { projectFile: "Pulumi.yaml" }, record());
  writeOutputs([{ format: "text", file: file("last.txt") }], mixed, { projectFile: "Pulumi.yaml" }, record());
  writeOutputs(
    [{ format: "json", file: file("next.json") }],
    { ...mixed, version: 2 as 1 },
    { projectFile: "Pulumi.yaml" },
    record(),
  );

  expect(readEarlierReport(file("last.json"))).toEqual({ report: mixed });
  expect(readEarlierReport(file("none.json"))).toEqual({ problem: `there is no earlier report ${file("none.json")}` });
  expect(readEarlierReport(file("last.txt"))).toMatchObject({
    problem: expect.stringMatching("cannot be read") as string,
  });
  expect(readEarlierReport(file("next.json"))).toMatchObject({ problem: expect.stringMatching("version 1") as string });
});

it.each<[boolean, NodeJS.ProcessEnv, boolean]>([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [true, { TERM: "dumb" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "", NO_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
])("on a terminal: %s, with %j: colours are %s", (isTerminal, environment, colours) => {
  expect(hasColours(isTerminal, environment)).toBe(colours);
});
