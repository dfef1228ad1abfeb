/** The report for people. Pure. */
import { accountName } from "./accounts";
import type { Orphan } from "./orphan";
import { removalCommand, totalOf } from "./report";
import type { Report } from "./report";
import { type Cell, tableText } from "./table";
import { formatMoney } from "../../provider/cost/words";
import { formatAge, visible } from "./words";

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
  const accounts = [...new Set(orphans.map(({ account }) => account))];
  return [
    paint("bold", `${count} there and ${orphans.length === 1 ? "is" : "are"} in no stack shown`),
    ...accounts.map((account) => {
      const own = orphans.filter((orphan) => orphan.account === account);
      return `${visible(accountName(account))} (${account.url})\n${table(own, paint)}`;
    }),
    ...costs(orphans),
    ...orphans.map((orphan) => choices(report, orphan, paint)),
  ].join("\n\n");
}

/** Nobody tells when it was stopped, or how many replicas it had. */
function costs(orphans: readonly Orphan[]): string[] {
  const { usdPerHour, usdSoFar } = totalOf(orphans);
  if (usdPerHour === undefined) return [];
  const known = orphans.every((one) => one.usdPerHour !== undefined) ? "" : ", as far as prices are known";
  const soFar = usdSoFar === undefined ? "" : `, up to ${formatMoney(usdSoFar)} so far`;
  return [
    `Together ${formatMoney(usdPerHour)} USD an hour${soFar}${known}. "So far" is today's price for the whole age: less\nwhere a deployment was stopped or smaller meanwhile, more where it was larger.`,
  ];
}

interface Column extends Cell {
  of(orphan: Orphan): string | undefined;
}

const columns: readonly Column[] = [
  { text: "ID", of: ({ id }) => id },
  { text: "NAME", of: ({ name }) => name },
  { text: "STATUS", of: ({ platformStatus, phase }) => platformStatus || phase },
  { text: "AGE", right: true, of: ({ ageMs }) => formatAge(ageMs) },
  { text: "HARDWARE", of: ({ hardware }) => hardware },
  { text: "USD/HOUR", right: true, of: ({ usdPerHour }) => formatMoney(usdPerHour) },
  { text: "SO FAR, UP TO", right: true, of: ({ usdSoFar }) => formatMoney(usdSoFar) },
];

/** Without the columns of which the platform tells nothing. */
function table(orphans: readonly Orphan[], paint: Paint): string {
  const told = columns.filter((column) => orphans.some((orphan) => column.of(orphan) !== undefined));
  const rows = orphans.map((orphan) => told.map((column) => visible(column.of(orphan) ?? "?")));
  return tableText(told, rows, (line) => paint("bold", line));
}

function choices(report: Report, orphan: Orphan, paint: Paint): string {
  const { id, name, reference, isFresh, request } = orphan;
  const lines = [`${paint("bold", visible(id))} ${visible(name)}`.trimEnd()];
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
