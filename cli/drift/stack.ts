/** Opens the stack with Pulumi's Automation API. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type * as automation from "@pulumi/pulumi/automation";
import { commandErrorText } from "../../drift/command-error";
import { messageOf } from "../../provider/errors";
import { loadAutomation } from "../automation";
import { CommandError } from "../command-error";
import { pulumiCommand } from "../pulumi-command";

export interface OpenedStack {
  stack: automation.Stack;
  /** From the folder that the command runs in, which is the repository's root in CI. */
  projectFile: string;
}

/** @throws CommandError when there is no such stack, project, command or package. */
export async function openStack(name: string | undefined, cwd: string): Promise<OpenedStack> {
  const file = findProjectFile(cwd);
  const { LocalWorkspace, Stack } = await loadAutomation();
  try {
    const workspace = await LocalWorkspace.create({ workDir: resolve(cwd) });
    const chosen = name ?? (await workspace.stack())?.name;
    if (chosen === undefined) {
      throw new CommandError(`no stack is selected in ${cwd}; name one with --stack, or run \`pulumi stack select\``);
    }
    return { stack: await Stack.select(chosen, withoutSelecting(workspace)), projectFile: relative(".", file) };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(describe(error, cwd));
  }
}

/** As Pulumi does: in the folder, or above it. */
function findProjectFile(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].map((name) => join(folder, name)).find(existsSync);
    if (found !== undefined) return found;
    if (folder === dirname(folder))
      throw new CommandError(`there is no Pulumi.yaml in ${cwd} or above it; correct --cwd`);
  }
}

/**
 * To look at a stack must not select it: the user's next `pulumi up` would go there. Every command names its stack;
 * this only makes sure that there is one.
 */
function withoutSelecting(workspace: automation.LocalWorkspace): automation.LocalWorkspace {
  workspace.selectStack = async (name) => {
    await pulumiCommand(workspace.workDir, process.env).run("stack", "--stack", name);
  };
  return workspace;
}

function describe(error: unknown, cwd: string): string {
  if (messageOf(error).includes("ENOENT"))
    return `the command pulumi cannot be run in ${cwd}; install it, or correct --cwd`;
  return commandErrorText(error);
}
