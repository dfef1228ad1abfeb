/** The measured table, as the docs hold it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Figures {
  platform: string;
  cases: number;
  duplicates: number;
  orphans: number;
  stuck: number;
}

const header = ["Platform", "Cases", "Duplicates", "Orphans", "Stuck"];

/** A table of Markdown, its cells separated by single blanks. */
export function tableOf(figures: readonly Figures[]): string {
  const rows = figures.map(({ platform, cases, duplicates, orphans, stuck }) =>
    [platform, cases, duplicates, orphans, stuck].map(String),
  );
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** The table below a heading of the page. */
export function tableInDocs(heading: string): string {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "what-happens.md"), "utf8");
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.map((line) => line.replace(/ +/g, " ").replace(/-+:?/g, "---")).join("\n");
}
