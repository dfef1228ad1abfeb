/** The report for a comment, an issue or a job's summary, in the Markdown of GitHub and GitLab. Pure. */
import type { Difference, DriftReport, ResourceDrift, Verdict } from "../report";
import type { Format } from "./format";
import {
  countsText,
  isGone,
  kindOf,
  plural,
  printable,
  secondsOf,
  shownTime,
  stackTitle,
  shownChange,
  worstFirst,
} from "./words";

/** GitHub takes no longer body (documented). Characters. */
export const longestMarkdown = 65_536;

/** Kept for the note on what was cut. Characters. */
const roomForNote = 200;

export const markdownFormat: Format = (report) => {
  const head = headOf(report);
  const foot = footOf(report);
  const room = longestMarkdown - head.length - foot.length - roomForNote;
  const lines = [...errorLines(report), ...findingLines(report), ...quietLines(report)];
  const { kept, left } = fill(lines, room);
  const note =
    left === 0 ? "" : `\n_${left} more lines were left out, since a comment has an end: see the JSON report._\n`;
  return `${head}${kept}${note}${foot}`;
};

/** What a bot finds its own comment by. */
export function markdownMarker({ project, stack }: Pick<DriftReport, "project" | "stack">): string {
  const safe = (text: string): string => text.replace(/[^\w./-]/g, "_");
  return `<!-- pulumi-inference drift: ${safe(project)} ${safe(stack)} -->`;
}

function headOf(report: DriftReport): string {
  const { summary, errors } = report;
  const failed = errors.length === 0 ? "" : `, ${plural(errors.length, "error")}`;
  return `${markdownMarker(report)}\n\n### Drift of ${code(stackTitle(report), 100)}: ${countsText(summary)}${failed}\n`;
}

function footOf(report: DriftReport): string {
  const looked = `${plural(report.resources.length, "resource")} looked at in ${Math.round(secondsOf(report))}s`;
  return `\n${looked}, ${shownTime(report.endedAt)}\n`;
}

/** A piece that may be cut between its lines, with what must stand before and after. */
interface Line {
  text: string;
  /** Written once before the first line of a group, and after the last. */
  group: Group;
}

interface Group {
  before: string;
  after: string;
}

function errorLines({ errors }: DriftReport): Line[] {
  const group = { before: "\nThe detection did not come to its end:\n\n", after: "" };
  return errors.map((error) => ({ group, text: `- ${code(error, 1000)}\n` }));
}

const marks: Record<Verdict, string> = { drifted: "🔴", unhealthy: "🟠", unknown: "⚪", clean: "🟢" };

/** A row for each difference, the worst first. */
function findingLines({ resources }: DriftReport): Line[] {
  const group = {
    before: "\n| | Resource | What | In the stack | There |\n| --- | --- | --- | --- | --- |\n",
    after: "",
  };
  return worstFirst(resources)
    .filter(({ verdict }) => verdict !== "clean")
    .flatMap((resource) => rowsOf(resource).map((text) => ({ group, text })));
}

function rowsOf(resource: ResourceDrift): string[] {
  const { verdict, name, differences, reason } = resource;
  const head = `| ${marks[verdict]} ${verdict} | ${code(name, 100)} ${code(kindOf(resource), 50)} |`;
  const rows = differences.map((difference) => `${head} ${cellsOf(difference)} |\n`);
  if (reason !== undefined) rows.push(`${head} ${code(reason, 1000)} | | |\n`);
  return rows.length === 0 ? [`${head} | | |\n`] : rows;
}

function cellsOf(difference: Difference): string {
  if (isGone(difference)) return "it is gone | | ";
  const { path, class: sort } = difference;
  const [before, after] = shownChange(difference);
  return `${code(path, 200)} ${sort} | ${code(before, 300)} | ${code(after, 300)}`;
}

/** What asks nothing of anybody is folded. */
function quietLines({ resources }: DriftReport): Line[] {
  const clean = resources.filter(({ verdict }) => verdict === "clean");
  const ignored = resources.flatMap(({ name, ignored: found }) => found.map((one) => ({ name, one })));
  const cleanGroup = folded(`${clean.length} clean`);
  const ignoredGroup = folded(`${plural(ignored.length, "difference")} ignored`);
  return [
    ...clean.map((resource) => ({ group: cleanGroup, text: `- ${code(resource.name, 100)}${floating(resource)}\n` })),
    ...ignored.map(({ name, one }) => ({
      group: ignoredGroup,
      text: `- ${code(name, 100)}: ${differenceInline(one)}, by ${one.by}\n`,
    })),
  ];
}

function floating({ differences }: ResourceDrift): string {
  return differences.length === 0 ? "" : `: ${differences.map(differenceInline).join(", ")}`;
}

function differenceInline(difference: Difference): string {
  const [before, after] = shownChange(difference);
  return `${code(difference.path, 200)} ${code(before, 300)} → ${code(after, 300)}`;
}

function folded(title: string): Group {
  return { before: `\n<details><summary>${title}</summary>\n\n`, after: "\n</details>\n" };
}

/** Whole lines, as many as there is room for, and never an open group. */
function fill(lines: readonly Line[], room: number): { kept: string; left: number } {
  let kept = "";
  let open: Group | undefined;
  for (const [index, { text, group }] of lines.entries()) {
    const change = group === open ? "" : `${open?.after ?? ""}${group.before}`;
    if (kept.length + change.length + text.length + group.after.length > room) {
      return { kept: kept + (open?.after ?? ""), left: lines.length - index };
    }
    kept += change + text;
    open = group;
  }
  return { kept: kept + (open?.after ?? ""), left: 0 };
}

/**
 * In a code element nothing is a mention, a link to an issue or an emoji. What Markdown or HTML would read is written as
 * a character reference, which neither reads; a code span of backticks could be left by a pipe in a table.
 */
function code(text: string, longest: number): string {
  const shown = printable(text)
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, "");
  const cut = shown.length < printable(text).length ? "…" : "";
  const plain = /[^\p{L}\p{N} .,;=()'"+/→-]|(?<=www)\./giu;
  return `<code>${shown.replace(plain, (character) => `&#${character.codePointAt(0)};`)}${cut}</code>`;
}
