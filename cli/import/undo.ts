/** One run of `import --undo`. */
import { CommandError } from "../command-error";
import { pulumiCommand } from "../pulumi-command";
import { requireStack } from "../stacks/read-stack";
import type { Terminal } from "../terminal";
import { ownerOf } from "./addition";
import { isAgreed } from "./agreement";
import type { UndoOptions } from "./options";
import { newestRecord, readRecord, writeBackup } from "./record";
import type { ImportRecord } from "./record";
import { withoutAddition } from "./removal";
import type { ExitCode } from "./run";
import { resourcesOf } from "./stack-state";
import type { StackState } from "./stack-state";
import { readState, writeState } from "./write-state";

/** @throws CommandError when nothing was changed. */
export async function runUndo(
  options: UndoOptions,
  environment: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<ExitCode> {
  const pulumi = pulumiCommand(options.cwd, environment);
  const stack = await requireStack(options.stack, options.cwd, pulumi);
  const { state } = await readState(stack, pulumi);
  const record = await recordFor(state, stack, options.file, environment);
  const removed = urnsOnlyIn(state, withoutAddition(state, record.added));
  terminal.tell(`To be taken out of the state of the stack ${stack}; nothing of the deployment is changed:\n`);
  terminal.tell(removed.map((urn) => `  ${urn}\n`).join(""));
  if (options.dryRun) return 0;
  if (!(await isAgreed("Take it out of the state?", options.yes, terminal))) return 1;

  const newest = await readState(stack, pulumi);
  const backup = await writeBackup(newest.text, environment);
  const wanted = withoutAddition(newest.state, record.added);
  const after = await writeState(stack, wanted, backup, pulumi);
  if (urnsOnlyIn(after, wanted).length > 0 || urnsOnlyIn(wanted, after).length > 0) {
    throw new CommandError(
      `the state is not what was written: another command changed it at the same time; compare it with the one before, in ${backup}`,
    );
  }
  terminal.tell(
    `\nTaken out. The deployment still runs: a program that names it would make a second one.\nThe state before: ${backup}\n`,
  );
  return 0;
}

async function recordFor(
  state: StackState,
  stack: string,
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<ImportRecord> {
  const owner = ownerOf(state);
  if (owner === undefined) throw new CommandError(`the state of the stack ${stack} is empty: there is nothing to undo`);
  const urns = new Set(resourcesOf(state).map(({ urn }) => urn));
  const record = file === undefined ? await newestRecord(owner, urns, environment) : await readRecord(file);
  if (record === undefined) {
    throw new CommandError(
      `there is no record on this machine of an import that the stack ${stack} still has; name its file with --undo`,
    );
  }
  if (record.stack !== owner.stack || record.project !== owner.project) {
    throw new CommandError(
      `the record is that of the stack ${record.stack} of the project ${record.project}, and not of ${stack}; name the stack with --stack`,
    );
  }
  return record;
}

function urnsOnlyIn(one: StackState, other: StackState): string[] {
  const others = new Set(resourcesOf(other).map(({ urn }) => urn));
  return resourcesOf(one)
    .map(({ urn }) => urn)
    .filter((urn) => !others.has(urn));
}
