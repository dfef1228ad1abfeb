/** Reads the stacks that `orphans` is shown. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { messageOf } from "../../provider/errors";
import { namespace } from "../../sdk/provider-keys";
import { readExportedState } from "./exported-state";
import type { KnownState, SavedSettings } from "./exported-state";
import type { NotLookedAt } from "./not-looked-at";
import type { OrphansOptions } from "./options";
import { CommandError } from "../command-error";
import { pulumiCommand } from "../pulumi-command";
import type { PulumiCommand } from "../pulumi-command";

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
      stacks.push(await readStack(name, pulumi, notLookedAt));
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

const listed = z.array(z.object({ name: z.string(), current: z.boolean().optional() }));

async function namesOf({ allStacks, stack, state }: OrphansOptions, pulumi: PulumiCommand): Promise<string[]> {
  if (allStacks) {
    const names = listed.parse(JSON.parse(await pulumi.run("stack", "ls", "--json", "--all"))).map(({ name }) => name);
    if (names.length + state.length === 0) throw nothingToCompareWith("the backend has no stack");
    return [...new Set([...stack, ...names])];
  }
  if (stack.length > 0 || state.length > 0) return [...new Set(stack)];
  return [await currentStack(pulumi)];
}

async function currentStack(pulumi: PulumiCommand): Promise<string> {
  const stacks = await pulumi.run("stack", "ls", "--json").catch((error: unknown) => {
    throw nothingToCompareWith(messageOf(error));
  });
  const current = listed.parse(JSON.parse(stacks)).find((stack) => stack.current === true);
  if (current === undefined) throw nothingToCompareWith("no stack is selected");
  return current.name;
}

/** Without any stack, everything that runs would be called an orphan. */
function nothingToCompareWith(why: string): CommandError {
  return new CommandError(
    `there is no stack to compare with: ${why}; run it in a Pulumi project, or give --stack, --all-stacks or --state, or --without-stacks to list all that runs`,
  );
}

/** With secrets, since explicit providers keep their credentials in the state. Nothing of it is kept or shown. */
async function readStack(name: string, pulumi: PulumiCommand, notLookedAt: NotLookedAt[]): Promise<ShownStack> {
  const state = await pulumi.run("stack", "export", "--stack", name, "--show-secrets").catch(async (error: unknown) => {
    const encrypted = await pulumi.run("stack", "export", "--stack", name);
    notLookedAt.push({ what: `the secrets of the stack ${name}`, reason: messageOf(error), failed: false });
    return encrypted;
  });
  const known = readKnown(name, state);
  return { name, source: "stack", known, config: await configOf(name, known, pulumi, notLookedAt) };
}

function readKnown(name: string, state: string): KnownState {
  try {
    return readExportedState(state);
  } catch (error) {
    throw new CommandError(`the state of the stack ${name} cannot be read: ${messageOf(error)}`);
  }
}

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

/**
 * A full name is that of another project's stack, whose config file lies elsewhere: Pulumi would take
 * a file of the same name in this folder instead (measured). What the last run saved stands in for it.
 */
async function configOf(
  name: string,
  { savedConfig = { values: {}, unreadable: [] } }: KnownState,
  pulumi: PulumiCommand,
  notLookedAt: NotLookedAt[],
): Promise<SavedSettings> {
  if (name.split("/").length > 2) return savedConfig;
  try {
    const text = await pulumi.run("config", "--json", "--show-secrets", "--stack", name);
    return { values: settingsIn(configuration.parse(JSON.parse(text))), unreadable: [] };
  } catch (error) {
    notLookedAt.push({ what: `the config of the stack ${name}`, reason: messageOf(error), failed: true });
    return savedConfig;
  }
}

function settingsIn(values: z.output<typeof configuration>): Record<string, string> {
  const prefix = `${namespace}:`;
  const ours = Object.entries(values).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(ours.map(([key, { value = "" }]) => [key.slice(prefix.length), value]));
}
