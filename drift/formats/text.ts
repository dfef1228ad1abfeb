/** The report for people, in a terminal or a log. Pure. */
import { hasNews } from "../comparison";
import type { Comparison, Resolved } from "../comparison";
import type { Difference, DriftReport, ResourceDrift, Verdict } from "../report";
import type { Format, Setting } from "./format";
import {
  countsText,
  cut,
  differenceText,
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

export const textFormat: Format = (report, setting) => {
  const { comparison } = setting;
  const look = lookOf(setting);
  if (comparison !== undefined && !hasNews(comparison)) return `${look.row(nothingNew(report, comparison))}\n`;
  const isTold = ({ urn }: ResourceDrift): boolean => comparison === undefined || comparison.fresh.has(urn);
  const resources = worstFirst(report.resources).filter(isTold);
  const errors = comparison === undefined || comparison.errorsAreFresh ? report.errors : [];
  const sections = [
    look.row(look.paint("bold", heading(report, comparison))),
    table(resources, look),
    (comparison?.resolved ?? []).map((one) => look.row(resolvedText(one, look))).join("\n"),
    errors.map((error) => look.paragraph(`${look.paint("red", "error")}: `, printable(error), 0)).join("\n"),
    look.row(
      `${summary(report, look)}${comparison === undefined ? "" : ` (all ${plural(report.resources.length, "resource")})`}`,
    ),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
};

function heading(report: DriftReport, comparison: Comparison | undefined): string {
  if (comparison !== undefined)
    return `Drift of ${stackTitle(report)}: what is new since ${shownTime(comparison.since)}`;
  const looked = `${plural(report.resources.length, "resource")} looked at in ${Math.round(secondsOf(report))}s`;
  return `Drift of ${stackTitle(report)}: ${looked}`;
}

function nothingNew(report: DriftReport, { since }: Comparison): string {
  const errors = report.errors.length === 0 ? "" : `, ${plural(report.errors.length, "error")}`;
  return `Drift of ${stackTitle(report)}: nothing new since ${shownTime(since)} (${countsText(report.summary)}${errors})`;
}

function resolvedText({ name, verdict, left }: Resolved, { paint }: Look): string {
  return `${paint("green", "resolved")}  ${printable(name)}: was ${verdict}, ${left ? "left the stack" : "is clean now"}`;
}

function summary({ summary: counts, errors }: DriftReport, { paint }: Look): string {
  const worst = worstColour(counts, errors);
  const failed = errors.length === 0 ? "" : `, ${plural(errors.length, "error")}`;
  return paint(worst, `${countsText(counts)}${failed}`);
}

function worstColour(counts: DriftReport["summary"], errors: readonly string[]): Colour {
  if (counts.drifted + counts.unhealthy + errors.length > 0) return "red";
  return counts.unknown > 0 ? "yellow" : "green";
}

/** A line for each resource, and below it what there is to say. */
function table(resources: readonly ResourceDrift[], look: Look): string {
  const columns = resources.map((resource) => [
    resource.verdict,
    printable(resource.name),
    printable(kindOf(resource)),
    printable(resource.id),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...columns.map((cells) => (cells[column] ?? "").length)));
  const blocks = resources.map((resource, index) => {
    const cells = (columns[index] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const line = look.row(
      `${look.paint(verdictColours[resource.verdict], cells[0] ?? "")}  ${cells.slice(1).join("  ").trimEnd()}`,
    );
    return [line, ...details(resource, look)].join("\n");
  });
  return blocks.join("\n");
}

function details({ differences, reason, ignored }: ResourceDrift, look: Look): string[] {
  return [
    ...differences.map((difference) => differenceLines(difference, look)),
    ...(reason === undefined ? [] : [look.paragraph("why: ", printable(reason), 4)]),
    ...ignored.map((one) => look.row(`    ${look.paint("grey", `ignored by ${one.by}: ${differenceText(one)}`)}`)),
  ];
}

/** In one line, or in three where that is too narrow. */
function differenceLines(difference: Difference, look: Look): string {
  if (isGone(difference)) return look.row("    it is gone");
  const { path, class: sort } = difference;
  const [label, [before, after]] = [printable(path), shownChange(difference)];
  const plain = `    ${label}: ${before} → ${after}  ${sort}`;
  if (plain.length <= look.width) {
    return `    ${label}: ${look.paint("red", before)} → ${look.paint("green", after)}  ${look.paint("grey", sort)}`;
  }
  return [
    look.row(`    ${label}  ${look.paint("grey", sort)}`),
    look.row(`      ${look.paint("red", `- ${before}`)}`),
    look.row(`      ${look.paint("green", `+ ${after}`)}`),
  ].join("\n");
}

type Colour = "bold" | "red" | "green" | "yellow" | "grey";

const codes: Record<Colour, number> = { bold: 1, red: 31, green: 32, yellow: 33, grey: 90 };

const verdictColours: Record<Verdict, Colour> = {
  drifted: "red",
  unhealthy: "red",
  unknown: "yellow",
  clean: "green",
};

interface Look {
  width: number;
  paint(colour: Colour, text: string): string;
  /** One line, cut where the terminal ends. */
  row(text: string): string;
  /** Wrapped at words; the lines after the first begin below the text of the first. */
  paragraph(label: string, text: string, indent: number): string;
}

function lookOf({ colours, width = Infinity }: Setting): Look {
  return {
    width,
    paint: (colour, text) => (colours && text !== "" ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text),
    row: (text) => cutVisible(text, width),
    paragraph(label, text, indent) {
      const visible = withoutColours(label).length;
      const lines = wrap(text, Math.max(20, width - indent - visible));
      return `${" ".repeat(indent)}${label}${lines.join(`\n${" ".repeat(indent + visible)}`)}`;
    },
  };
}

const colour = /\u001b\[\d+m/g;

function withoutColours(text: string): string {
  return text.replace(colour, "");
}

/** Colours take no room. */
function cutVisible(text: string, width: number): string {
  if (withoutColours(text).length <= width) return text;
  let room = Math.max(0, width - 1);
  const kept = text.split(/(\u001b\[\d+m)/).map((piece) => {
    if (piece.startsWith("\u001b")) return piece;
    const part = piece.slice(0, room);
    room -= part.length;
    return part;
  });
  return `${kept.join("")}…`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(cut(word, width));
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
