import Ajv from "ajv";
import fc from "fast-check";
import { sarifFormat } from "../../../drift/formats/sarif";
import { clean, failed, hostile, mixed, reportOf, resource } from "../reports";
import { expectGolden } from "./golden";
import shape from "./sarif-shape.json";

const setting = { projectFile: "infra/my stack/Pulumi.yaml", colours: false };
const validate = new Ajv({ strict: false }).compile(shape);

interface Run {
  tool: { driver: { rules: { id: string }[] } };
  invocations: { executionSuccessful: boolean; toolExecutionNotifications: { message: { text: string } }[] }[];
  results: {
    ruleId: string;
    ruleIndex: number;
    level: string;
    message: { text: string };
    locations: {
      physicalLocation: { artifactLocation: { uri: string } };
      logicalLocations: { fullyQualifiedName: string }[];
    }[];
    partialFingerprints: { primaryLocationLineHash: string };
  }[];
}

function runOf(source: string): Run {
  const log = JSON.parse(source) as { runs: [Run] };
  expect(validate(log) || validate.errors).toBe(true);
  return log.runs[0];
}

it("has a result for each difference, by its class", () => {
  const source = sarifFormat(mixed, setting);
  const { results, tool } = runOf(source);

  expect(results.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
    "warning drift/scale-bounds",
    "warning drift/configuration",
    "warning drift/configuration",
    "error drift/existence",
    "error drift/health",
    "warning drift/unknown",
    "note drift/floating-version",
  ]);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expectGolden("sarif.json", source);
});

it("names the resource by its URN, and the project file, without which GitHub shows nothing", () => {
  const [{ locations: [location] = [] } = { locations: [] }] = runOf(sarifFormat(mixed, setting)).results;

  expect(location?.physicalLocation.artifactLocation.uri).toBe("infra/my%20stack/Pulumi.yaml");
  expect(location?.logicalLocations[0]?.fullyQualifiedName).toBe(mixed.resources[1]?.urn);
});

it("gives each finding a fingerprint of its own, the same when only values change", () => {
  const marks = (source: string): string[] =>
    runOf(source).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  const changed = {
    ...mixed,
    resources: mixed.resources.map((one) => ({
      ...one,
      differences: one.differences.map((difference) => ({ ...difference, old: "x" })),
    })),
  };

  expect(new Set(marks(sarifFormat(mixed, setting))).size).toBe(7);
  expect(marks(sarifFormat(changed, setting))).toEqual(marks(sarifFormat(mixed, setting)));
});

it("has no results when all is clean, and a notification when the detection failed", () => {
  expect(runOf(sarifFormat(clean, setting)).results).toEqual([]);
  const [invocation] = runOf(sarifFormat(failed, setting)).invocations;
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications).toHaveLength(2);
});

it("has a result for what is unhealthy without a difference", () => {
  const report = reportOf([resource("llama", "unhealthy", { reason: "it has no replica" })]);

  expect(runOf(sarifFormat(report, setting)).results).toMatchObject([
    { ruleId: "drift/health", message: { text: "llama: it has no replica" } },
  ]);
});

it("makes no links of what a platform answers", () => {
  for (const { message } of runOf(sarifFormat(hostile, setting)).results) expect(message.text).not.toMatch(/\]\(/);
});

it("has the required shape, whatever stands in a report", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (text, value) => {
      const differences = [{ path: text, class: "configuration" as const, old: value, new: text }];

      expect(runOf(sarifFormat(reportOf([resource(text, "drifted", { differences })]), setting)).results).toHaveLength(
        1,
      );
    }),
  );
});
