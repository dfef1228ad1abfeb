/** What each command is, with each tool. */
import { join } from "node:path";
import { projectRoot } from "../engine/engine";
import { type CommandRun, runCommand } from "./command";
import type { Command } from "./measurement";
import { factsOf, type Program } from "./programs";
import { stackName, type Workspace } from "./workspace";

type Run = (workspace: Workspace, program: Program, environment: NodeJS.ProcessEnv) => Promise<CommandRun>;

/** @throws when the command fails. */
export function runProgram(
  command: Command,
  ...[workspace, program, environment]: Parameters<Run>
): Promise<CommandRun> {
  const run = tools[factsOf(program).tool][command];
  if (run === undefined) throw new Error(`${program} knows no ${command}`);
  return run(workspace, program, environment);
}

export async function makeStack(workspace: Workspace, program: Program): Promise<void> {
  await pulumi(["stack", "init"])(workspace, program, {});
}

/** A no-op that changes something would be measured as what it is not. */
const pulumiCommands: Record<Command, Run> = {
  up: pulumi(["up", "--yes", "--skip-preview"]),
  "no-op up": pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes"]),
  refresh: pulumi(["refresh", "--yes", "--skip-preview", "--expect-no-changes"]),
  destroy: pulumi(["destroy", "--yes", "--skip-preview"]),
  "refresh --preview-only, one by one": pulumi(["refresh", "--preview-only", "--expect-no-changes"], {
    PULUMI_INFERENCE_SHARED_READS: "false",
  }),
  "refresh --preview-only": pulumi(["refresh", "--preview-only", "--expect-no-changes"]),
  // This package's own command, which fails unless all is clean.
  drift: ours(["drift"]),
};

const tools: Record<"pulumi" | "shell", Partial<Record<Command, Run>>> = {
  pulumi: pulumiCommands,
  shell: { up: shell("up.sh"), destroy: shell("destroy.sh") },
};

function pulumi(parameters: readonly string[], more: NodeJS.ProcessEnv = {}): Run {
  return (workspace, program, environment) =>
    runCommand(workspace, ["pulumi", ...parameters, ...whereOf(workspace, program), "--non-interactive"], {
      environment: { ...environment, ...more },
    });
}

function ours(parameters: readonly string[]): Run {
  const command = [process.execPath, join(projectRoot, "dist", "cli", "main.js"), ...parameters];
  return (workspace, program, environment) =>
    runCommand(workspace, [...command, ...whereOf(workspace, program)], { environment });
}

function shell(script: string): Run {
  return (workspace, program, environment) =>
    runCommand(workspace, ["sh", script], { environment, folder: workspace.programFolder(program) });
}

function whereOf(workspace: Workspace, program: Program): string[] {
  return ["--stack", stackName, "--cwd", workspace.programFolder(program)];
}
