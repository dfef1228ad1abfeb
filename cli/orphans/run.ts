/** One run of `orphans`, from the options to the exit code. */
import { findAccounts } from "./accounts";
import { jsonReport } from "./json-report";
import { listAccounts } from "./listing";
import { unreadableModels } from "./not-looked-at";
import type { OrphansOptions } from "./options";
import { findOrphans } from "./orphan";
import type { Orphan } from "./orphan";
import { chooseOrphans, isAgreed, removalText, removeAll } from "./remove";
import type { Removal } from "./remove";
import type { Report } from "./report";
import { readRequests } from "./requests";
import { scopeOf } from "./scope";
import { readStacks } from "./stacks";
import type { Terminal } from "../terminal";
import { coloured, plain, textReport } from "./text-report";

/** 0: none. 2: some. 1: something that was to be looked at, or to be removed, could not be. */
export type ExitCode = 0 | 1 | 2;

/** @throws CommandError when nothing can be said at all. */
export async function runOrphans(
  options: OrphansOptions,
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const report = await lookForOrphans(options, environment, signal);
  const hasFailed = report.notLookedAt.some(({ failed }) => failed);
  if (options.remove === undefined || report.orphans.length === 0) {
    terminal.write(reportText(report, options, terminal));
    return hasFailed ? 1 : report.orphans.length > 0 ? 2 : 0;
  }
  const { removals, left } = await removeChosen(report, options, terminal, signal);
  if (hasFailed || removals.some(({ outcome }) => outcome === "failed")) return 1;
  return left > 0 ? 2 : 0;
}

async function lookForOrphans(
  options: OrphansOptions,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Report> {
  const { stacks, notLookedAt } = await readStacks(options, environment);
  const found = findAccounts(stacks, options.platform, environment);
  const models = [...new Set([...options.model, ...stacks.flatMap(({ known }) => known.models)])];
  const listed = await listAccounts(found.accounts, models, signal);
  const known = new Set(stacks.flatMap(({ known }) => known.ids));
  return {
    stacks,
    accounts: listed.accounts,
    orphans: findOrphans(listed.listed, known, await readRequests(stacks, environment), new Date()),
    notLookedAt: [...notLookedAt, ...found.notLookedAt, ...listed.notLookedAt, ...unreadableModels(stacks)],
    scope: scopeOf(options),
  };
}

function reportText(report: Report, { format }: OrphansOptions, { colours }: Terminal, removals?: Removal[]): string {
  return format === "json" ? jsonReport(report, removals) : textReport(report, colours ? coloured : plain);
}

/** The list comes first: whoever is asked, or refused, has seen it. As JSON, it comes with what became of it. */
async function removeChosen(
  report: Report,
  options: OrphansOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<{ removals: Removal[]; left: number }> {
  const isText = options.format === "text";
  if (isText) terminal.write(reportText(report, options, terminal));
  const chosen = chooseOrphans(report, options);
  const agreed = chosen.length > 0 && (await isAgreed(chosen, report, options, terminal));
  const removals = agreed ? await removeAll(chosen, report, signal) : [];
  const left = report.orphans.length - removals.filter(({ outcome }) => outcome === "removed").length;
  const skipped = options.remove?.length === 0 ? report.orphans.filter((orphan) => !chosen.includes(orphan)) : [];
  if (!isText) terminal.write(reportText(report, options, terminal, removals));
  else terminal.write(`\n${endText(agreed, chosen, removals, skipped)}`);
  return { removals, left };
}

function endText(agreed: boolean, chosen: Orphan[], removals: Removal[], skipped: Orphan[]): string {
  if (agreed || chosen.length === 0) return removalText(removals, skipped);
  return "Nothing was removed.\n";
}
