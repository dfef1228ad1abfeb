/** `pulumi-inference cost`: what the next update will cost for an hour, before it spends anything. */
import { Command, Option } from "commander";
import { messageOf } from "../../provider/errors";
import { CommandError } from "../command-error";
import { processTerminal } from "../terminal";
import type { CostOptions } from "./options";

export function costCommand(): Command {
  return new Command("cost")
    .description("Say what the deployments of a stack cost for an hour, now and after the next update; changes nothing")
    .option("--stack <name>", "the stack; the current one by default")
    .option("--cwd <folder>", "the folder of the Pulumi project", ".")
    .addOption(new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExit codes: 0 told, 2 a maxUsdPerHour will refuse something, 1 an error.")
    .action((options: CostOptions, command: Command) => act(options, command));
}

async function act(options: CostOptions, command: Command): Promise<void> {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  process.once("SIGINT", cancel).once("SIGTERM", cancel);
  try {
    const { runCost } = await import("./run");
    process.exitCode = await runCost(options, process.env, processTerminal(process), cancellation.signal);
  } catch (error) {
    if (cancellation.signal.aborted) return command.error("error: it was cancelled");
    if (error instanceof CommandError) return command.error(`error: ${messageOf(error)}`);
    throw error;
  } finally {
    process.off("SIGINT", cancel).off("SIGTERM", cancel);
  }
}
