/** `pulumi-inference import`: takes a deployment that runs into the state of a stack. */
import { Command } from "commander";
import { messageOf, ProviderError } from "../../provider/errors";
import { CommandError } from "../command-error";
import { processTerminal } from "../terminal";
import type { ImportOptions, UndoOptions } from "./options";
import type { ExitCode } from "./run";

interface Given extends ImportOptions {
  undo?: true | string;
}

const help = `
Ids: deepinfra/<deploy_id>, foundry/<rid>, opensearch/<model_id>, kore/<modelId>.
Inputs that a platform does not tell stand behind the id: "kore/cm-1?modelType=openSource&name=Assistant",
or as an object in a file (--inputs).

Exit codes: 0 imported, or shown; 1 not.`;

export function importCommand(): Command {
  return new Command("import")
    .description("Take a deployment that runs into the state of a stack, and write the program's code for it")
    .argument("[name]", "the resource's name in the program")
    .argument("[id]", "the platform, and the platform's own id of the deployment")
    .option("--stack <name>", "the stack; the current one by default")
    .option("--cwd <folder>", "the folder of the Pulumi project", ".")
    .option("--inputs <file>", "inputs that the platform does not tell, as JSON: those of the platform's block")
    .option("--provider <name>", "the explicit provider that it belongs to, by name or URN")
    .option("--parent <name>", "the resource that it belongs to, by name or URN")
    .option("--no-protect", "do not protect it from removal")
    .option("--dry-run", "show what would be done, and the code; change nothing", false)
    .option("--undo [file]", "take out what an import has added: the one of the record, or the stack's newest one")
    .option("--yes", "change the state without asking", false)
    .addHelpText("after", help)
    .action((name: string | undefined, id: string | undefined, given: Given, command: Command) =>
      act(name, id, given, command),
    );
}

async function act(name: string | undefined, id: string | undefined, given: Given, command: Command): Promise<void> {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  // Stays installed: this process must not end before Pulumi has written the state, and it has looked.
  process.on("SIGINT", cancel).on("SIGTERM", cancel);
  try {
    process.exitCode = await run(name, id, given, cancellation.signal, command);
  } catch (error) {
    if (cancellation.signal.aborted) return command.error(`error: it was cancelled: ${messageOf(error)}`);
    if (error instanceof CommandError || error instanceof ProviderError) {
      return command.error(`error: ${messageOf(error)}`);
    }
    throw error;
  } finally {
    process.off("SIGINT", cancel).off("SIGTERM", cancel);
  }
}

async function run(
  name: string | undefined,
  id: string | undefined,
  { undo, ...given }: Given,
  signal: AbortSignal,
  command: Command,
): Promise<ExitCode> {
  const terminal = processTerminal(process);
  if (undo === undefined) {
    if (name === undefined || id === undefined) return command.error("error: give a name and an id, or --undo");
    const { runImport } = await import("./run");
    return runImport(name, id, given, process.env, terminal, signal);
  }
  if (name !== undefined) return command.error("error: --undo takes the file of a record, and no name or id");
  const { cwd, stack, dryRun, yes } = given;
  const file = undo === true ? {} : { file: undo };
  const options: UndoOptions = { cwd, dryRun, yes, ...(stack === undefined ? {} : { stack }), ...file };
  const { runUndo } = await import("./undo");
  return runUndo(options, process.env, terminal);
}
