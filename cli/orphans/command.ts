/** `pulumi-inference orphans`: what runs in an account and is in no stack that it is shown. */
import { Command, InvalidArgumentError } from "commander";
import { messageOf } from "../../provider/errors";
import { suggestion } from "../../provider/inputs/suggestion";
import type { Format, OrphansOptions } from "./options";
import { CommandError } from "../command-error";
import { type PlatformId, platformIds } from "../stacks/platforms";
import { processTerminal } from "../terminal";

type Given = Omit<OrphansOptions, "remove"> & { remove?: true | string[] };

export function orphansCommand(): Command {
  return new Command("orphans")
    .description("List the deployments that run in your accounts and are in no stack")
    .option("--stack <name>", "compare with this stack; repeatable; the current one by default", collect, [])
    .option("--all-stacks", "compare with all stacks of the project's backend that can be read", false)
    .option("--state <file>", "compare with what `pulumi stack export` wrote; repeatable", collect, [])
    .option("--without-stacks", "compare with nothing: list all that runs", false)
    .option("--cwd <folder>", "the folder of the Pulumi project", ".")
    .option(
      "--platform <ids>",
      `look at these only: ${platformIds.join(", ")}; those with credentials by default`,
      parsePlatforms,
    )
    .option("--model <rid>", "a model of Palantir Foundry, besides those of the stacks; repeatable", collect, [])
    .option("--format <format>", "text or json", parseFormat, "text")
    .option("--remove [ids...]", "remove these, or all but those that a run may be making; asks first")
    .option("--yes", "remove without asking", false)
    .addHelpText("after", "\nExit codes: 0 none, 2 some, 1 something could not be looked at or removed.")
    .action((given: Given, command: Command) => act(given, command));
}

async function act({ remove, ...given }: Given, command: Command): Promise<void> {
  const options: OrphansOptions = {
    ...given,
    ...(remove === undefined ? {} : { remove: remove === true ? [] : remove }),
  };
  if (options.withoutStacks && (options.allStacks || options.stack.length + options.state.length > 0)) {
    command.error("error: --without-stacks excludes --stack, --all-stacks and --state");
  }
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  process.once("SIGINT", cancel).once("SIGTERM", cancel);
  try {
    const { runOrphans } = await import("./run");
    process.exitCode = await runOrphans(options, process.env, processTerminal(process), cancellation.signal);
  } catch (error) {
    if (error instanceof CommandError) command.error(`error: ${messageOf(error)}`);
    throw error;
  } finally {
    process.off("SIGINT", cancel).off("SIGTERM", cancel);
  }
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function parsePlatforms(text: string, before: PlatformId[] = []): PlatformId[] {
  const ids = text.split(",").map((id) => id.trim());
  return [
    ...before,
    ...ids.map((id) => {
      const found = platformIds.find((known) => known === id);
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`There is no such platform${suggestion(id, platformIds)}.`);
    }),
  ];
}

function parseFormat(text: string): Format {
  if (text === "text" || text === "json") return text;
  throw new InvalidArgumentError("It must be text or json.");
}
