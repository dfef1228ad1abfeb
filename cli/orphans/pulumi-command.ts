/**
 * The command `pulumi`, which reads stacks from whatever backend they are in. Pulumi's Automation API
 * would start the same command, after two seconds of loading.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { OrphansError } from "./orphans-error";

export interface PulumiCommand {
  /** What it wrote. @throws OrphansError with the command's own words. */
  run(...parameters: string[]): Promise<string>;
}

/** States of large stacks. Bytes. */
const largestOutput = 1 << 30;

export function pulumiCommand(folder: string, environment: NodeJS.ProcessEnv): PulumiCommand {
  return {
    async run(...parameters) {
      const all = [...parameters, "--non-interactive", "--color", "never"];
      const options = {
        cwd: folder,
        env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
        maxBuffer: largestOutput,
      };
      try {
        return (await promisify(execFile)("pulumi", all, options)).stdout;
      } catch (error) {
        throw new OrphansError(describe(error as NodeJS.ErrnoException & { stderr?: string }, parameters, folder));
      }
    },
  };
}

function describe(error: NodeJS.ErrnoException & { stderr?: string }, parameters: string[], folder: string): string {
  if (error.code === "ENOENT") {
    return `the command pulumi cannot be run in ${folder}; install it, or correct --cwd, or give the stacks' states as files with --state`;
  }
  // Never what was written on stdout: with --show-secrets, it holds them.
  const lines = (error.stderr ?? "").split("\n").map((line) => line.trim().replace(/^error: /, ""));
  const said = lines.filter((line) => line !== "").join(" ");
  return `\`pulumi ${parameters.join(" ")}\` failed: ${said === "" ? "it did not say why" : said}`;
}
