/** JUnit XML, as Jenkins, GitLab and others show it: a test case for each resource. Pure. */
import type { DriftReport, ResourceDrift } from "../report";
import type { Format } from "./format";
import { differenceText, findingText, kindOf, plural, printable, secondsOf, stackTitle, worstFirst } from "./words";

export const junitFormat: Format = (report) => {
  const { summary, errors, resources, startedAt } = report;
  const failures = summary.drifted + summary.unhealthy;
  const counts = {
    tests: resources.length + (errors.length === 0 ? 0 : 1),
    failures,
    errors: summary.unknown + (errors.length === 0 ? 0 : 1),
  };
  const time = secondsOf(report).toFixed(3);
  const suite = { name: stackTitle(report), ...counts, skipped: 0, time, timestamp: startedAt.replace(/\..*|Z$/, "") };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: "pulumi-inference drift", ...counts, time })}>`,
    `  <testsuite ${attributes(suite)}>`,
    ...worstFirst(resources).flatMap((resource) => testCase(resource, report)),
    ...detectionCase(report),
    "  </testsuite>",
    "</testsuites>\n",
  ].join("\n");
};

function testCase(resource: ResourceDrift, report: DriftReport): string[] {
  const { name, urn } = resource;
  // Two resources of the same name and kind differ by their parents.
  const isAmbiguous = report.resources.some(
    (other) => other !== resource && other.name === name && kindOf(other) === kindOf(resource),
  );
  const head = { name: isAmbiguous ? urn : name, classname: `${stackTitle(report)}.${kindOf(resource)}`, time: "0" };
  const inner = [...outcome(resource), ...notes(resource)];
  if (inner.length === 0) return [`    <testcase ${attributes(head)}/>`];
  return [`    <testcase ${attributes(head)}>`, ...inner.map((line) => `      ${line}`), "    </testcase>"];
}

function outcome(resource: ResourceDrift): string[] {
  const { verdict, differences, reason, urn, id } = resource;
  if (verdict === "clean") return [];
  const element = verdict === "unknown" ? "error" : "failure";
  const lines = [...differences.map(differenceText), ...(reason === undefined ? [] : [reason]), `id: ${id}`, urn];
  const body = lines.map((line) => escapeXml(printable(line))).join("\n");
  return [`<${element} ${attributes({ message: findingText(resource), type: verdict })}>${body}</${element}>`];
}

function notes({ verdict, differences, ignored }: ResourceDrift): string[] {
  const floating = verdict === "clean" ? differences.map(differenceText) : [];
  const left = ignored.map((difference) => `ignored by ${difference.by}: ${differenceText(difference)}`);
  const lines = [...floating, ...left].map((line) => escapeXml(printable(line)));
  return lines.length === 0 ? [] : [`<system-out>${lines.join("\n")}</system-out>`];
}

/** What concerns no single resource. */
function detectionCase(report: DriftReport): string[] {
  const { errors } = report;
  if (errors.length === 0) return [];
  const head = attributes({ name: "the detection itself", classname: stackTitle(report), time: "0" });
  const message = `the detection had ${plural(errors.length, "error")}`;
  const body = errors.map((error) => escapeXml(printable(error))).join("\n");
  return [
    `    <testcase ${head}>`,
    `      <error ${attributes({ message, type: "error" })}>${body}</error>`,
    "    </testcase>",
  ];
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(printable(String(value)))}"`)
    .join(" ");
}

/** No CDATA: what is in it could end it. */
function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
