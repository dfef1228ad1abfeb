/** Tells whether an engine that lies somewhere can run stacks of this package. */
import { execFile } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { MINIMUM_VERSION, PROGRAMS } from "./engine";

export interface Inspection {
  version?: string;
  /** Why it can't be used; absent when it can. */
  problem?: string;
}

/** `folders` are where the engine would look for the hosts after its own folder: those of PATH. */
export async function inspectEngine(bin: string, folders: string[] = []): Promise<Inspection> {
  const command = join(bin, "pulumi");
  const version = await readVersion(command);
  if (version === undefined) return { problem: `${command} doesn't tell its version` };
  if (!isAtLeast(version, MINIMUM_VERSION)) {
    return { version, problem: `${command} is version ${version}, and ${MINIMUM_VERSION} is needed` };
  }
  const places = [bin, dirname(realpathSync(command)), ...folders];
  const missing = PROGRAMS.filter((program) => !places.some((place) => isExecutable(join(place, program))));
  if (missing.length > 0) return { version, problem: `${command} lacks ${missing.join(" and ")}` };
  return { version };
}

/** The folder of the first `pulumi` on the PATH. */
export function findOnPath(path = process.env["PATH"] ?? ""): { bin: string; folders: string[] } | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const bin = folders.find((folder) => isExecutable(join(folder, "pulumi")));
  return bin === undefined ? undefined : { bin, folders };
}

async function readVersion(command: string): Promise<string | undefined> {
  try {
    const environment = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await promisify(execFile)(command, ["version"], { env: environment, timeout: 30_000 });
    return /^v?(\d+\.\d+\.\d+\S*)/.exec(stdout.trim())?.[1];
  } catch {
    return undefined;
  }
}

function isAtLeast(version: string, minimum: string): boolean {
  const [parts, minimums] = [version, minimum].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number)) as [
    number[],
    number[],
  ];
  const different = minimums.findIndex((value, index) => parts[index] !== value);
  return different === -1 || (parts[different] ?? 0) > (minimums[different] ?? 0);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
