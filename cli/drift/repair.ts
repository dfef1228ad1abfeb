/** `--repair`: `pulumi up` on what drifted, and on nothing else. */
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { commandErrorText } from "../../drift/command-error";
import { plural, printable } from "../../drift/formats/words";
import type { DriftReport, ResourceDrift } from "../../drift/report";
import type { Terminal } from "../terminal";
import { CommandError } from "../command-error";
import type { DriftOptions } from "./options";
import { type PlannedStep, planSteps } from "./repair-plan";

export interface Repair {
  /** `nothing`: there was nothing that could be repaired. */
  outcome: "nothing" | "declined" | "repaired" | "failed";
  /** URNs of what was to be repaired, and was not. */
  left: ReadonlySet<string>;
}

const untried = (outcome: Repair["outcome"]): Repair => ({ outcome, left: new Set() });

/** What is unknown is left alone: nobody can say what a change would do to it. */
export function isRepairable({ verdict }: ResourceDrift): boolean {
  return verdict === "drifted" || verdict === "unhealthy";
}

/** @throws CommandError when the plan cannot be made; nothing was changed then. */
export async function repair(
  report: DriftReport,
  stack: Stack,
  options: DriftOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Repair> {
  const targets = report.resources.filter(isRepairable).map(({ urn }) => urn);
  if (targets.length === 0) return untried("nothing");
  const { targetDependents } = options;
  // The refresh is of the targets alone, too: without it, `up` would compare with what the state says.
  const scope = { target: targets, targetDependents, refresh: true, color: "never" as const };
  terminal.progress?.("Planning the repair …");
  const steps = await planSteps(stack, { ...scope, signal })
    .catch((error: unknown) => {
      throw new CommandError(`the repair cannot be planned, nothing was changed: ${commandErrorText(error)}`);
    })
    .finally(() => terminal.progress?.(""));
  terminal.tell(planText(steps, report, options));
  if (steps.length === 0) return untried("declined");
  if (!options.yes && !(await isAgreed(terminal))) return untried("declined");
  const done = new Set<string>();
  const onEvent = ({ resOutputsEvent }: EngineEvent): void => {
    const { op = "refresh", urn = "" } = resOutputsEvent?.metadata ?? {};
    if (op !== "refresh") done.add(urn);
  };
  try {
    await stack.up({ ...scope, onOutput: terminal.tell, onEvent, ...interruption(signal) });
    return untried("repaired");
  } catch (error) {
    terminal.tell(`\n\`pulumi up\` failed: ${commandErrorText(error)}\n${afterwards}\n\n`);
    return { outcome: "failed", left: new Set(targets.filter((urn) => !done.has(urn))) };
  }
}

/** A refresh has come before it (measured). */
const afterwards =
  "The state has taken over what is there, and a later detection compares with it: run `pulumi up` to finish the repair.";

async function isAgreed({ ask, tell }: Terminal): Promise<boolean> {
  const answer = (await ask?.("Repair them? [y/N] ")) ?? "";
  if (/^y(es)?$/i.test(answer.trim())) return true;
  tell("Nothing was changed.\n");
  return false;
}

/**
 * Ctrl-C in a terminal reaches Pulumi by itself, and a second one makes it end before it has saved what it did
 * (measured): it is passed on only where no terminal does that.
 */
function interruption(signal: AbortSignal): { signal?: AbortSignal } {
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  return hasTerminal ? {} : { signal };
}

const deeds: Record<PlannedStep["deed"], string> = {
  create: "create anew",
  update: "change",
  replace: "replace",
  delete: "delete",
};

function planText(steps: readonly PlannedStep[], report: DriftReport, { targetDependents }: DriftOptions): string {
  const touched = new Set(steps.map(({ urn }) => urn));
  const idle = report.resources.filter((resource) => isRepairable(resource) && !touched.has(resource.urn));
  const unknown = report.resources.filter(({ verdict }) => verdict === "unknown");
  const lines = steps.map(({ deed, name, keys }) => {
    const what = keys.length === 0 ? "" : `: ${keys.map(printable).join(", ")}`;
    return `  ${deeds[deed].padEnd(11)}  ${printable(name)}${what}`;
  });
  return [
    "",
    steps.length === 0 ? "`pulumi up` would change nothing of it." : "`pulumi up` on these alone will:",
    ...lines,
    ...idle.map(({ name }) => `  leave        ${printable(name)}: the program asks for nothing else`),
    ...unknown.map(({ name }) => `  not touch    ${printable(name)}: it is not known what is there`),
    ...(targetDependents ? [] : dependentsNote(steps)),
    "",
    "",
  ].join("\n");
}

/** What is made anew has another id, and often another endpoint: who uses it does not learn of it. */
function dependentsNote(steps: readonly PlannedStep[]): string[] {
  const left = [...new Set(steps.flatMap(({ dependents }) => dependents))];
  if (left.length === 0) return [];
  const names = left.slice(0, 5).map(printable).join(", ");
  const more = left.length > 5 ? ` and ${plural(left.length - 5, "other")}` : "";
  return [
    `${names}${more} use what is made anew, and keep its old values until the next \`pulumi up\`;`,
    "--target-dependents takes them along.",
  ];
}
