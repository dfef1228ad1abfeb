/** The report for people. Pure. */
import type { Orphan } from "./orphan";
import { removalCommand, totalOf } from "./report";
import type { Report } from "./report";
import { type Cell, tableText } from "./table";
import { formatAge, formatMoney, visible } from "./words";

/** @param paint wraps a text in a colour, or leaves it. */
export function textReport(report: Report, paint: Paint): string {
  const { orphans, notLookedAt } = report;
  const sections = [comparison(report), orphans.length === 0 ? nothing(report) : found(report, paint)];
  if (notLookedAt.length > 0) {
    const lines = notLookedAt.map(({ what, reason }) => `  ${visible(what)}: ${visible(reason)}`);
    sections.push([paint("yellow", "Not looked at:"), ...lines].join("\n"));
  }
  return `${sections.join("\n\n")}\n`;
}

export type Colour = "bold" | "yellow";
export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_colour, text) => text;

const codes: Record<Colour, number> = { bold: 1, yellow: 33 };

export const coloured: Paint = (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m`;

function comparison({ stacks, accounts }: Report): string {
  const shown = stacks.map(({ name, source }) => (source === "stack" ? `the stack ${name}` : `the state ${name}`));
  const looked = accounts.map(({ platform, url }) => `${platform.title} (${url})`);
  return [
    `Compared with: ${shown.length === 0 ? "nothing" : shown.join(", ")}`,
    `Looked at:     ${looked.length === 0 ? "no account" : [...new Set(looked)].join(", ")}`,
  ].join("\n");
}

function nothing({ accounts }: Report): string {
  return accounts.length === 0 ? "Nothing was looked at." : "Nothing runs there that is in no stack shown.";
}

function found(report: Report, paint: Paint): string {
  const { orphans } = report;
  const count = orphans.length === 1 ? "1 deployment runs" : `${orphans.length} deployments run`;
  return [
    paint("bold", `${count} there and ${orphans.length === 1 ? "is" : "are"} in no stack shown:`),
    table(orphans, paint),
    ...orphans.map((orphan) => choices(report, orphan, paint)),
    ...(orphans.some(({ usdSoFar }) => usdSoFar !== undefined) ? [priceNote] : []),
  ].join("\n\n");
}

/** Nobody tells when it was stopped, or how many replicas it had. */
const priceNote =
  "USD SO FAR is the price now for the whole age: less where it was stopped or smaller meanwhile, more where it was larger.";

const headings: readonly Cell[] = [
  { text: "ID" },
  { text: "NAME" },
  { text: "STATUS" },
  { text: "AGE", right: true },
  { text: "HARDWARE" },
  { text: "USD/HOUR", right: true },
  { text: "USD SO FAR", right: true },
];

function table(orphans: readonly Orphan[], paint: Paint): string {
  const rows = orphans.map(({ id, name, platformStatus, phase, ageMs, hardware, usdPerHour, usdSoFar }) => [
    id,
    name,
    platformStatus === "" ? phase : platformStatus,
    formatAge(ageMs),
    hardware ?? "?",
    formatMoney(usdPerHour),
    upTo(usdSoFar),
  ]);
  const { usdPerHour, usdSoFar } = totalOf(orphans);
  const total = orphans.length > 1 && usdPerHour !== undefined;
  if (total)
    rows.push([
      orphans.every((one) => one.usdPerHour !== undefined) ? "together" : "together, as far as known",
      "",
      "",
      "",
      "",
      formatMoney(usdPerHour),
      upTo(usdSoFar),
    ]);
  return tableText(
    headings,
    rows.map((row) => row.map(visible)),
    (line) => paint("bold", line),
  );
}

function upTo(amount: number | undefined): string {
  return amount === undefined ? "?" : `up to ${formatMoney(amount)}`;
}

function choices(report: Report, orphan: Orphan, paint: Paint): string {
  const { id, reference, isFresh, request } = orphan;
  const lines = [paint("bold", visible(id))];
  if (request !== undefined) {
    const when = request.startedAt === undefined ? "" : ` at ${request.startedAt.toISOString()}`;
    lines.push(
      `  asked for by ${visible(request.urn)}${when}, whose run goes on or was interrupted: \`pulumi up\` there takes it over`,
    );
  }
  if (isFresh) lines.push(`  ${paint("yellow", "new, or still starting")}: a run that goes on may be making it`);
  lines.push(
    `  keep it    adopt: ${JSON.stringify(visible(reference.deploymentId))} among the inputs of its resource, then \`pulumi up\``,
    `  remove it  ${visible(removalCommand(report, orphan))}`,
  );
  return lines.join("\n");
}
