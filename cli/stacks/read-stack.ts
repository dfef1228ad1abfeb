/** Reads one stack: what it has, and the settings of its accounts. */
import { z } from "zod";
import { messageOf } from "../../provider/errors";
import { namespace } from "../../sdk/provider-keys";
import { CommandError } from "../command-error";
import type { PulumiCommand } from "../pulumi-command";
import { readExportedState } from "./exported-state";
import type { KnownState, SavedSettings } from "./exported-state";

export interface ReadStack {
  name: string;
  known: KnownState;
  config: SavedSettings;
  /** What could not be read of it. */
  unread: Unread[];
}

interface Unread {
  what: string;
  reason: string;
  failed: boolean;
}

/**
 * With secrets, since explicit providers keep their credentials in the state. Nothing of it is kept or shown.
 *
 * @throws CommandError when the state cannot be read at all.
 */
export async function readStack(name: string, pulumi: PulumiCommand): Promise<ReadStack> {
  const unread: Unread[] = [];
  const state = await pulumi.run("stack", "export", "--stack", name, "--show-secrets").catch(async (error: unknown) => {
    const encrypted = await pulumi.run("stack", "export", "--stack", name);
    unread.push({ what: `the secrets of the stack ${name}`, reason: messageOf(error), failed: false });
    return encrypted;
  });
  const known = readKnown(name, state);
  return { name, known, config: await configOf(name, known, pulumi, unread), unread };
}

const listed = z.array(z.object({ name: z.string(), current: z.boolean().optional() }));

/** Undefined where none is selected. @throws CommandError where there is no project. */
export async function currentStack(pulumi: PulumiCommand): Promise<string | undefined> {
  const stacks = await pulumi.run("stack", "ls", "--json");
  return listed.parse(JSON.parse(stacks)).find((stack) => stack.current === true)?.name;
}

/** The one that was asked for, or the current one. @throws CommandError without either. */
export async function requireStack(asked: string | undefined, folder: string, pulumi: PulumiCommand): Promise<string> {
  const name = asked ?? (await currentStack(pulumi));
  if (name !== undefined) return name;
  throw new CommandError(`no stack is selected in ${folder}; name one with --stack, or run \`pulumi stack select\``);
}

export async function allStacks(pulumi: PulumiCommand): Promise<string[]> {
  return listed.parse(JSON.parse(await pulumi.run("stack", "ls", "--json", "--all"))).map(({ name }) => name);
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
  unread: Unread[],
): Promise<SavedSettings> {
  if (name.split("/").length > 2) return savedConfig;
  try {
    const text = await pulumi.run("config", "--json", "--show-secrets", "--stack", name);
    return { values: settingsIn(configuration.parse(JSON.parse(text))), unreadable: [] };
  } catch (error) {
    unread.push({ what: `the config of the stack ${name}`, reason: messageOf(error), failed: true });
    return savedConfig;
  }
}

function settingsIn(values: z.output<typeof configuration>): Record<string, string> {
  const prefix = `${namespace}:`;
  const ours = Object.entries(values).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(ours.map(([key, { value = "" }]) => [key.slice(prefix.length), value]));
}
