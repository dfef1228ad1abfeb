/** Annotations of a GitHub Actions run: one workflow command for each finding. Pure. */
import type { ResourceDrift, Verdict } from "../report";
import type { Format } from "./format";
import { countsText, differenceText, findingText, kindOf, printable, stackTitle, worstFirst } from "./words";

type Level = "error" | "warning" | "notice";

const levels: Record<Exclude<Verdict, "clean">, Level> = { drifted: "error", unhealthy: "error", unknown: "warning" };

export const githubFormat: Format = (report, { projectFile, comparison }) => {
  const isTold = ({ urn }: ResourceDrift): boolean => comparison === undefined || comparison.fresh.has(urn);
  const command = (level: Level, title: string, message: string): string =>
    `::${level} title=${property(title)},file=${property(projectFile)}::${data(message)}\n`;
  const errors = report.errors.map((error) => command("error", "Drift detection failed", printable(error)));
  const findings = worstFirst(report.resources)
    .filter((resource) => resource.verdict !== "clean" && isTold(resource))
    .map((resource) => command(levelOf(resource), titleOf(resource), findingText(resource)));
  const isOld = comparison !== undefined && !comparison.errorsAreFresh;
  const summary = command("notice", `Drift of ${stackTitle(report)}`, countsText(report.summary));
  return [...(isOld ? [] : errors), ...findings, ...floating(report.resources, command, comparison), summary].join("");
};

/** A version that floats is worth a notice when somebody looks at everything. */
function floating(
  resources: readonly ResourceDrift[],
  command: (level: Level, title: string, message: string) => string,
  comparison: unknown,
): string[] {
  if (comparison !== undefined) return [];
  return resources
    .filter(({ verdict, differences }) => verdict === "clean" && differences.length > 0)
    .map(({ name, differences }) => command("notice", name, differences.map(differenceText).join("; ")));
}

function levelOf({ verdict }: ResourceDrift): Level {
  return verdict === "clean" ? "notice" : levels[verdict];
}

function titleOf(resource: ResourceDrift): string {
  return `${resource.verdict}: ${printable(resource.name)} (${printable(kindOf(resource))})`;
}

/** What GitHub's own toolkit escapes in a message. */
function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

/** And in a property, which ends at a comma or a colon. */
function property(text: string): string {
  return data(printable(text)).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
