import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { jsonFormat } from "../../../drift/formats/json";
import type { DriftReport } from "../../../drift/report";
import { clean, failed, hostile, mixed } from "../reports";

const setting = { projectFile: "Pulumi.yaml", colours: false };
const schema = JSON.parse(readFileSync(join(__dirname, "../../../schema/drift-report.json"), "utf8")) as object;
const validate = new Ajv({ strict: false }).compile(schema);

it.each([
  ["mixed", mixed],
  ["clean", clean],
  ["failed", failed],
  ["hostile", hostile],
])("is exactly the report, and what the schema says: %s", (_name, report) => {
  const read = JSON.parse(jsonFormat(report, setting)) as unknown;

  expect(read).toEqual(report);
  expect(validate(read) || validate.errors).toBe(true);
});

it.each<[string, object]>([
  ["another version", { version: 2 }],
  ["no summary", { summary: undefined }],
  ["a verdict that nobody knows", { resources: [{ ...mixed.resources[0], verdict: "fine" }] }],
  ["a difference without a class", { resources: [{ ...mixed.resources[0], differences: [{ path: "x" }] }] }],
  ["errors that are no texts", { errors: [1] }],
])("the schema refuses %s", (_what, change) => {
  expect(validate(JSON.parse(JSON.stringify({ ...mixed, ...change })))).toBe(false);
});

it("the schema bears members that a later version adds", () => {
  expect(validate({ ...mixed, more: 1 } satisfies DriftReport & { more: number })).toBe(true);
});
