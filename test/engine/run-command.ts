/** The command `pulumi-inference`, in a stack's project. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import type { Stack } from "../support/engine";
import { lateLoading } from "../support/late-loading";

const main = join(projectRoot, "dist", "cli", "main.js");

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** What a user's shell has beside the platforms' variables. */
export function shellOf({ folder }: Stack): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    NODE_OPTIONS: lateLoading,
  };
}

export function runCommand(stack: Stack, environment: NodeJS.ProcessEnv, ...parameters: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd: stack.project, env: environment };
    execFile(process.execPath, [main, ...parameters], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
