/**
 * The command `pulumi`, which reads stacks from whatever backend they are in. Pulumi's Automation API
 * would start the same command, after two seconds of loading.
 */
import { execFile } from "node:child_process";
import type { Writable } from "node:stream";
import { promisify } from "node:util";
import { CommandError } from "./command-error";

export interface PulumiCommand {
  /** What it wrote. @throws CommandError with the command's own words. */
  run(...parameters: string[]): Promise<string>;
  /** With a text on its standard input, so that no file holds it. */
  feed(input: string, ...parameters: string[]): Promise<string>;
}

/** States of large stacks. Bytes. */
const largestOutput = 1 << 30;

/** @param otherWay what the user can do where there is no such command: `give the states as files`. */
export function pulumiCommand(folder: string, environment: NodeJS.ProcessEnv, otherWay?: string): PulumiCommand {
  async function start(input: string | undefined, parameters: string[]): Promise<string> {
    const all = [...parameters, "--non-interactive", "--color", "never"];
    const options = {
      cwd: folder,
      env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
      maxBuffer: largestOutput,
    };
    try {
      const running = promisify(execFile)("pulumi", all, options);
      if (input !== undefined) writeTo(running.child.stdin, input);
      return (await running).stdout;
    } catch (error) {
      throw new CommandError(
        describe(error as NodeJS.ErrnoException & { stderr?: string }, parameters, folder, otherWay),
      );
    }
  }
  return {
    run: (...parameters) => start(undefined, parameters),
    feed: (input, ...parameters) => start(input, parameters),
  };
}

/** That it ends without reading is told by its exit code. */
function writeTo(stdin: Writable | null, input: string): void {
  stdin?.once("error", () => {}).end(input);
}

function describe(
  error: NodeJS.ErrnoException & { stderr?: string },
  parameters: string[],
  folder: string,
  otherWay?: string,
): string {
  if (error.code === "ENOENT") {
    return `the command pulumi cannot be run in ${folder}; install it, or correct --cwd${otherWay === undefined ? "" : `, or ${otherWay}`}`;
  }
  // Never what was written on stdout: with --show-secrets, it holds them.
  const lines = (error.stderr ?? "").split("\n").map((line) => line.trim().replace(/^error: /, ""));
  const said = lines.filter((line) => line !== "").join(" ");
  return `\`pulumi ${parameters.join(" ")}\` failed: ${said === "" ? "it did not say why" : said}`;
}
