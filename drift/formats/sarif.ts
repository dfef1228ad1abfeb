/** SARIF 2.1.0, as GitHub's code scanning and others show it: a result for each difference. Pure. */
import { createHash } from "node:crypto";
import { version } from "../../provider/version";
import type { DifferenceClass, DriftReport, ResourceDrift } from "../report";
import type { Format, Setting } from "./format";
import { differenceText, findingText, printable, worstFirst } from "./words";

type RuleId = DifferenceClass | "unknown";
type Level = "error" | "warning" | "note";

interface Rule {
  level: Level;
  name: string;
  text: string;
  help: string;
}

const rules: Record<RuleId, Rule> = {
  configuration: {
    level: "warning",
    name: "ConfigurationDrift",
    text: "An input has another value on the platform than in the stack.",
    help: "Run `pulumi up --refresh` to bring it back, or change the program to what is there.",
  },
  "scale-bounds": {
    level: "warning",
    name: "ScaleBoundsDrift",
    text: "A bound of the number of replicas is another one than in the stack.",
    help: "Run `pulumi up --refresh` to bring it back, or change the program to what is there.",
  },
  health: {
    level: "error",
    name: "HealthDrift",
    text: "It does not run as the program wants it to.",
    help: "Run `pulumi up --refresh`, which starts what was stopped and replaces what failed for good.",
  },
  existence: {
    level: "error",
    name: "ExistenceDrift",
    text: "It is in the stack and no longer on the platform.",
    help: "Run `pulumi up --refresh` to make it anew, or remove it from the program.",
  },
  "floating-version": {
    level: "note",
    name: "FloatingVersion",
    text: "The platform runs another version by its own doing.",
    help: "Name a version in the program where it should stay.",
  },
  unknown: {
    level: "warning",
    name: "Unknown",
    text: "It could not be told whether it has drifted.",
    help: "The message says why: no API that reads it, credentials that are refused, or an API that is down.",
  },
};

const ruleIds = Object.keys(rules) as RuleId[];

export const sarifFormat: Format = (report, setting) => `${JSON.stringify(sarifLog(report, setting), undefined, 2)}\n`;

function sarifLog(report: DriftReport, setting: Setting) {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driver() },
        automationDetails: { id: `drift/${printable(report.project)}/${printable(report.stack)}/` },
        invocations: [invocation(report)],
        columnKind: "utf16CodeUnits",
        properties: { summary: report.summary },
        results: worstFirst(report.resources).flatMap((resource) => resultsOf(resource, setting)),
      },
    ],
  };
}

function driver() {
  return {
    name: "pulumi-inference drift",
    semanticVersion: version,
    rules: ruleIds.map((id) => {
      const { level, name, text, help } = rules[id];
      return {
        id: `drift/${id}`,
        name,
        shortDescription: { text },
        help: { text: help, markdown: help },
        defaultConfiguration: { level },
      };
    }),
  };
}

function invocation({ errors, startedAt, endedAt }: DriftReport) {
  return {
    executionSuccessful: errors.length === 0,
    startTimeUtc: startedAt,
    endTimeUtc: endedAt,
    toolExecutionNotifications: errors.map((error) => ({ level: "error", message: message(printable(error)) })),
  };
}

/** What was ignored is no result: not every reader knows what a suppressed one is. */
function resultsOf(resource: ResourceDrift, setting: Setting) {
  const { verdict, differences, name } = resource;
  const reason = resource.reason === undefined ? "" : `: ${printable(resource.reason)}`;
  const found = differences.map((difference) => {
    const text = `${printable(name)}: ${differenceText(difference)}${difference.class === "health" ? reason : ""}`;
    return result(resource, difference.class, difference.path, text, setting);
  });
  if (verdict === "unknown") found.push(result(resource, "unknown", "", `${printable(name)}${reason}`, setting));
  const hasHealth = differences.some((difference) => difference.class === "health" || difference.class === "existence");
  if (verdict === "unhealthy" && !hasHealth) {
    found.push(result(resource, "health", "", `${printable(name)}: ${findingText(resource)}`, setting));
  }
  return found;
}

function result(
  { urn, name, type }: ResourceDrift,
  rule: RuleId,
  path: string,
  text: string,
  { projectFile }: Setting,
) {
  return {
    ruleId: `drift/${rule}`,
    ruleIndex: ruleIds.indexOf(rule),
    level: rules[rule].level,
    message: message(text),
    locations: [
      {
        // GitHub shows no result without a file.
        physicalLocation: { artifactLocation: { uri: uriOf(projectFile) }, region: { startLine: 1 } },
        logicalLocations: [{ name: printable(name), fullyQualifiedName: printable(urn), kind: "resource" }],
      },
    ],
    // All results stand in the same line of the same file: these tell them apart, and are the same tomorrow.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint(urn, rule, path)}:1` },
    properties: { type: printable(type), ...(path === "" ? {} : { path: printable(path) }) },
  };
}

/** `[text](target)` is a link in SARIF, of plain text too. */
function message(text: string): { text: string } {
  return { text: text.replace(/\]\(/g, "] (") };
}

function uriOf(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join("/");
}

function fingerprint(...parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
