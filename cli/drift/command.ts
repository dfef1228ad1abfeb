/** `pulumi-inference drift`: whether what runs is what the stack declares. */
import { Command, InvalidArgumentError, Option } from "commander";
import { formatNames } from "../../drift/formats/names";
import { messageOf } from "../../provider/errors";
import { suggestion } from "../../provider/inputs/suggestion";
import { processTerminal } from "../terminal";
import { CommandError } from "../command-error";
import type { DriftOptions, FailingVerdict, Output } from "./options";

const failing: readonly FailingVerdict[] = ["drifted", "unhealthy", "unknown"];

export function driftCommand(): Command {
  return new Command("drift")
    .description("Say of each resource whether what runs is what the stack declares; changes nothing")
    .option("--stack <name>", "the stack; the current one by default")
    .option("--cwd <folder>", "the folder of the Pulumi project", ".")
    .option("--run-program", "run the program, so that its newest ignoreChanges and config count", false)
    .option("--only-inference", "leave out resources of other providers", false)
    .option("--settle <seconds>", "observe for so long what may pass, as a roll-out; 60 by default", parseSeconds)
    .option("--parallel <number>", "how many resources are read at the same time", parseCount)
    .addOption(
      new Option("--format <format[=file]>", `${formatNames.join(", ")}; into a file with =<file>; repeatable`)
        .argParser(collectFormat)
        .default([], "text"),
    )
    .option("--output <file>", "write there what would go to the standard output")
    .addOption(
      new Option("--fail-on <verdicts>", `what the exit code is about: ${failing.join(", ")}; or none`)
        .argParser(parseFailOn)
        .default(failing, "all three"),
    )
    .option("--since <file>", "an earlier JSON report: text and github then say only what is new or resolved")
    .option("--fail-on-new", "the exit code speaks only of what is new since that report", false)
    .option("--repair", "bring back what drifted with `pulumi up` on it alone; shows what it will do, and asks", false)
    .option("--target-dependents", "with --repair: also bring up to date what depends on it", false)
    .option("--yes", "repair without asking", false)
    .addHelpText("after", "\nExit codes: 0 clean, 2 drifted or unhealthy, 1 unknown, or an error.")
    .action((options: DriftOptions, command: Command) => act(options, command));
}

async function act(options: DriftOptions, command: Command): Promise<void> {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  // Stays installed: while a repair runs, this process must not end before Pulumi has saved what it did.
  process.on("SIGINT", cancel).on("SIGTERM", cancel);
  try {
    const { runDrift } = await import("./run");
    process.exitCode = await runDrift(options, processTerminal(process), cancellation.signal);
  } catch (error) {
    if (cancellation.signal.aborted) return command.error("error: cancelled");
    if (error instanceof CommandError) return command.error(`error: ${messageOf(error)}`);
    throw error;
  } finally {
    process.off("SIGINT", cancel).off("SIGTERM", cancel);
  }
}

function collectFormat(text: string, before: Output[]): Output[] {
  const [name = "", ...rest] = text.split("=");
  const format = formatNames.find((known) => known === name);
  if (format === undefined) {
    throw new InvalidArgumentError(`There is no such format${suggestion(name, formatNames)}.`);
  }
  if (rest.length === 0) return [...before, { format }];
  const file = rest.join("=");
  if (file === "") throw new InvalidArgumentError("The name of the file is missing.");
  return [...before, { format, file }];
}

function parseFailOn(text: string): FailingVerdict[] {
  if (text.trim() === "none") return [];
  return text.split(",").map((word) => {
    const found = failing.find((verdict) => verdict === word.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`There is no such verdict${suggestion(word.trim(), failing)}.`);
  });
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new InvalidArgumentError("It must be a number of seconds, 0 or more.");
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new InvalidArgumentError("It must be a whole number, 1 or more.");
}
