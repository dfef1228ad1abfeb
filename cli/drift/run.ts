/** One run of `drift`, from the options to the exit code. */
import type { Stack } from "@pulumi/pulumi/automation";
import { compareReports, type Comparison } from "../../drift/comparison";
import type { DetectOptions } from "../../drift/detect";
import { formats } from "../../drift/formats";
import type { DriftReport } from "../../drift/report";
import { summarize } from "../../drift/verdict";
import { messageOf } from "../../provider/errors";
import type { Terminal } from "../terminal";
import { CommandError } from "../command-error";
import { readEarlierReport } from "./earlier-report";
import { type ExitCode, exitCodeOf } from "./exit-code";
import type { DriftOptions, Output } from "./options";
import { planOutputs, writeOutputs } from "./outputs";
import { isRepairable, type Repair, repair } from "./repair";
import { openStack } from "./stack";

/** @throws CommandError when nothing can be said at all. */
export async function runDrift(options: DriftOptions, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  refuseContradictions(options, terminal);
  const outputs = planOutputs(options);
  // Before anything is written: the new report may go to the same file.
  const earlier = options.since === undefined ? undefined : readEarlierReport(options.since);
  const { stack, projectFile } = await openStack(options.stack, options.cwd);
  const detect = async (): Promise<DriftReport> => {
    terminal.progress?.(`Looking at ${stack.name} …`);
    return detectIn(stack, options, signal).finally(() => terminal.progress?.(""));
  };

  const first = await detect();
  const look = { ...terminal, projectFile };
  if (options.repair && first.resources.some(isRepairable)) terminal.tell(formats.text(first, look));
  const { outcome, left } = options.repair ? await repair(first, stack, options, terminal, signal) : noRepair;
  const report = outcome === "repaired" || outcome === "failed" ? withLeft(await detect(), first, left) : first;

  const comparison = compare(earlier, report, options, terminal);
  // Whoever declined has just seen the report.
  const wanted = outcome === "declined" ? outputs.filter((one) => !isTextShown(one)) : outputs;
  writeOutputs(wanted, report, { projectFile, ...(comparison === undefined ? {} : { comparison }) }, terminal);
  const code = exitCodeOf(report, options.failOn, options.failOnNew ? (comparison ?? everything(report)) : undefined);
  return outcome === "failed" && code === 0 ? 1 : code;
}

const noRepair: Repair = { outcome: "nothing", left: new Set() };

/** What was not repaired is as it was, though the state, which has been refreshed, agrees with it now. */
function withLeft(report: DriftReport, before: DriftReport, left: ReadonlySet<string>): DriftReport {
  const found = before.resources.filter(({ urn }) => left.has(urn));
  const hidden = found.filter(({ urn }) => {
    const now = report.resources.find((resource) => resource.urn === urn);
    return now === undefined || now.verdict === "clean";
  });
  const resources = [
    ...report.resources.filter(({ urn }) => !hidden.some((one) => one.urn === urn)),
    ...hidden.map((one) => ({ ...one, reason: "its repair failed" })),
  ].sort((one, other) => (one.urn < other.urn ? -1 : 1));
  return { ...report, resources, summary: summarize(resources) };
}

/** Before anything is asked of anybody. */
function refuseContradictions(options: DriftOptions, { ask }: Terminal): void {
  if (options.failOnNew && options.since === undefined) {
    throw new CommandError("--fail-on-new needs an earlier report; name it with --since");
  }
  if (!options.repair && (options.yes || options.targetDependents)) {
    throw new CommandError("--yes and --target-dependents are for --repair; add it, or leave them out");
  }
  if (options.repair && !options.yes && ask === undefined) {
    throw new CommandError("--repair asks first, and there is no terminal to ask on; add --yes; nothing was changed");
  }
}

async function detectIn(stack: Stack, options: DriftOptions, signal: AbortSignal): Promise<DriftReport> {
  const { runProgram, onlyInference, settle, parallel } = options;
  const detection: DetectOptions = {
    runProgram,
    onlyInference,
    signal,
    ...(settle === undefined ? {} : { settleSeconds: settle }),
    ...(parallel === undefined ? {} : { parallel }),
  };
  const { detectDrift } = await import("../../drift/detect");
  try {
    return await detectDrift(stack, detection);
  } catch (error) {
    throw new CommandError(messageOf(error));
  }
}

/** Undefined without --since; with it, a report that cannot be used makes everything new. */
function compare(
  earlier: ReturnType<typeof readEarlierReport> | undefined,
  report: DriftReport,
  { since = "" }: DriftOptions,
  terminal: Terminal,
): Comparison | undefined {
  if (earlier === undefined) return undefined;
  const problem = "problem" in earlier ? earlier.problem : mismatch(earlier.report, report, since);
  if (problem === undefined && "report" in earlier) return compareReports(earlier.report, report);
  terminal.tell(`Everything counts as new: ${problem}\n`);
  return undefined;
}

function mismatch(earlier: DriftReport, report: DriftReport, file: string): string | undefined {
  const name = ({ project, stack }: DriftReport): string => `${stack} of the project ${project}`;
  return name(earlier) === name(report) ? undefined : `${file} is about the stack ${name(earlier)}`;
}

function everything({ endedAt, resources }: DriftReport): Comparison {
  return { since: endedAt, fresh: new Set(resources.map(({ urn }) => urn)), resolved: [], errorsAreFresh: true };
}

function isTextShown({ format, file }: Output): boolean {
  return format === "text" && file === undefined;
}
