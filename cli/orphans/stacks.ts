/** Reads the stacks that `orphans` is shown. */
import { readFile } from "node:fs/promises";
import { messageOf } from "../../provider/errors";
import { CommandError } from "../command-error";
import { pulumiCommand } from "../pulumi-command";
import type { PulumiCommand } from "../pulumi-command";
import { readExportedState } from "../stacks/exported-state";
import type { KnownState, SavedSettings } from "../stacks/exported-state";
import * as read from "../stacks/read-stack";
import type { NotLookedAt } from "./not-looked-at";
import type { OrphansOptions } from "./options";

export interface ShownStack {
  /** The stack's name, or the file's. */
  name: string;
  source: "stack" | "file";
  known: KnownState;
  config: SavedSettings;
}

export interface ShownStacks {
  stacks: ShownStack[];
  notLookedAt: NotLookedAt[];
}

/** @throws CommandError when a stack that was asked for cannot be read, or when there is none at all. */
export async function readStacks(options: OrphansOptions, environment: NodeJS.ProcessEnv): Promise<ShownStacks> {
  if (options.withoutStacks) return { stacks: [], notLookedAt: [] };
  const files = await Promise.all(options.state.map(readStateFile));
  const pulumi = pulumiCommand(options.cwd, environment, "give the stacks' states as files with --state");
  const notLookedAt: NotLookedAt[] = [];
  const stacks: ShownStack[] = [];
  for (const name of await namesOf(options, pulumi)) {
    try {
      const { unread, ...stack } = await read.readStack(name, pulumi);
      stacks.push({ ...stack, source: "stack" });
      notLookedAt.push(...unread);
    } catch (error) {
      // Of all stacks, those that can be read; but a stack that was named must be.
      if (!options.allStacks || options.stack.includes(name)) throw error;
      const reason = `${messageOf(error)}; what it has may be shown as an orphan`;
      notLookedAt.push({ what: `the stack ${name}`, reason, failed: true, hidesKnown: true });
    }
  }
  return { stacks: [...stacks, ...files], notLookedAt };
}

/** What is encrypted in a file is taken from the environment, if it is there. */
async function readStateFile(file: string): Promise<ShownStack> {
  try {
    const known = readExportedState(await readFile(file, "utf8"));
    const config = { values: known.savedConfig?.values ?? {}, unreadable: [] };
    return { name: file, source: "file", known, config };
  } catch (error) {
    throw new CommandError(`the state ${file} cannot be read: ${(error as Error).message}`);
  }
}

async function namesOf({ allStacks, stack, state }: OrphansOptions, pulumi: PulumiCommand): Promise<string[]> {
  if (allStacks) {
    const names = await read.allStacks(pulumi);
    if (names.length + state.length === 0) throw nothingToCompareWith("the backend has no stack");
    return [...new Set([...stack, ...names])];
  }
  if (stack.length > 0 || state.length > 0) return [...new Set(stack)];
  return [await currentStack(pulumi)];
}

async function currentStack(pulumi: PulumiCommand): Promise<string> {
  const current = await read.currentStack(pulumi).catch((error: unknown) => {
    throw nothingToCompareWith(messageOf(error));
  });
  if (current === undefined) throw nothingToCompareWith("no stack is selected");
  return current;
}

/** Without any stack, everything that runs would be called an orphan. */
function nothingToCompareWith(why: string): CommandError {
  return new CommandError(
    `there is no stack to compare with: ${why}; run it in a Pulumi project, or give --stack, --all-stacks or --state, or --without-stacks to list all that runs`,
  );
}
