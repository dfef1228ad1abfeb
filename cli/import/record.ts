/** What is kept of an import: the state before it, and what it added, in files of the user. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { messageOf } from "../../provider/errors";
import { CommandError } from "../command-error";
import type { Added } from "./removal";

export interface ImportRecord {
  /** URNs are unique within a stack of one backend only. */
  stack: string;
  project: string;
  /** In the order in which they were added. */
  added: Added[];
  /** The file with the state before. */
  backup: string;
}

const record = z.object({
  stack: z.string(),
  project: z.string(),
  added: z.array(z.object({ urn: z.string(), digest: z.string() })),
  backup: z.string(),
});

function folderOf({ PULUMI_HOME: home = "" }: NodeJS.ProcessEnv): string {
  return join(home === "" ? join(homedir(), ".pulumi") : home, "pulumi-inference", "imports");
}

/** A state as `pulumi stack export` wrote it, with its secrets encrypted. @returns the file's name. */
export async function writeBackup(state: string, environment: NodeJS.ProcessEnv): Promise<string> {
  return write(`${now()}.state.json`, state, environment);
}

/** Written before the import, so that a run that is killed leaves it. @returns the file's name. */
export async function writeRecord(content: ImportRecord, environment: NodeJS.ProcessEnv): Promise<string> {
  return write(`${now()}.import.json`, JSON.stringify(content, undefined, 2), environment);
}

/** @throws CommandError when it cannot be read. */
export async function readRecord(file: string): Promise<ImportRecord> {
  try {
    return record.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError || error instanceof SyntaxError ? "it is no record" : messageOf(error);
    throw new CommandError(`${resolve(file)} cannot be read as the record of an import: ${why}`);
  }
}

/**
 * The newest one of an import into the stack that the state still holds: one that was refused, or has been undone,
 * has left its record, too.
 */
export async function newestRecord(
  { stack, project }: Pick<ImportRecord, "stack" | "project">,
  urns: ReadonlySet<string>,
  environment: NodeJS.ProcessEnv,
): Promise<ImportRecord | undefined> {
  const folder = folderOf(environment);
  const names = (await readdir(folder).catch(() => [])).filter((one) => one.endsWith(".import.json"));
  for (const name of names.sort().reverse()) {
    const found = await readRecord(join(folder, name));
    const isThere = urns.has(found.added.at(-1)?.urn ?? "");
    if (isThere && found.stack === stack && found.project === project) return found;
  }
  return undefined;
}

async function write(name: string, content: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = folderOf(environment);
  const file = join(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600, flush: true, flag: "wx" });
    return file;
  } catch (error) {
    throw new CommandError(`the backup cannot be written: ${messageOf(error)}; nothing was changed`);
  }
}

/** As a part of a file's name, which sorts by it. */
function now(): string {
  return new Date().toISOString().replaceAll(":", "-");
}
