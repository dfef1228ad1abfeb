/** Intent records as files of the user: `~/.pulumi/pulumi-inference/intents/<hash>.json`. */
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { isRecord } from "../resources/resource-kind";
import type { Intent, IntentRecord } from "./intent";

/** Whose resources the records are of: URNs are unique within one backend only. */
export interface IntentOwner {
  /** The folder of the Pulumi program. */
  project: string;
  environment: Readonly<Record<string, string | undefined>>;
}

/** A record that nobody came back for says nothing any more. Milliseconds. */
const keptMs = 90 * 24 * 60 * 60 * 1000;
/** A process may have so few files open, 1,024 on most systems, that thousands of records could not be read at once. */
const openAtOnce = 64;

export function intentFolder(environment: IntentOwner["environment"]): string {
  const home = environment["PULUMI_HOME"];
  return join(home !== undefined && home !== "" ? home : join(homedir(), ".pulumi"), "pulumi-inference", "intents");
}

export function openIntentRecord(urn: string, { project, environment }: IntentOwner): IntentRecord {
  const folder = intentFolder(environment);
  const key = JSON.stringify([urn, project, environment["PULUMI_BACKEND_URL"] ?? ""]);
  const file = join(folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.json`);
  return {
    read: () => readIntent(file),
    async write(intent) {
      if (!existsSync(folder)) await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeOutdated(folder);
      // Renamed into its place, so that a kill in the middle leaves the old one or the new one.
      const draft = `${file}.${randomUUID()}`;
      await writeFile(draft, JSON.stringify({ urn, ...intent }), { mode: 0o600, flush: true });
      await rename(draft, file);
    },
    remove: () => rm(file, { force: true }),
  };
}

/** All records of this user, of all projects. */
export async function listIntents(environment: IntentOwner["environment"]): Promise<Intent[]> {
  const folder = intentFolder(environment);
  const files = (await namesIn(folder)).filter((name) => name.endsWith(".json"));
  const intents: (Intent | undefined)[] = [];
  for (let first = 0; first < files.length; first += openAtOnce) {
    const some = files.slice(first, first + openAtOnce);
    intents.push(...(await Promise.all(some.map((name) => readIntent(join(folder, name))))));
  }
  return intents.filter((intent) => intent !== undefined);
}

/** One that is missing or damaged counts as none: the look before a creation still stands. */
async function readIntent(file: string): Promise<Intent | undefined> {
  // Nearly always there is none, and to be told so by a promise that rejects takes twenty times as long.
  if (!existsSync(file)) return undefined;
  try {
    const intent: unknown = JSON.parse(await readFile(file, "utf8"));
    return isRecord(intent) && texts.every((key) => typeof intent[key] === "string")
      ? (intent as unknown as Intent)
      : undefined;
  } catch {
    return undefined;
  }
}

const texts = ["urn", "platform", "account", "name", "inputs", "startedAt"] as const;

let lookedForOutdated = false;

/** Once for each process. */
async function removeOutdated(folder: string): Promise<void> {
  if (lookedForOutdated) return;
  lookedForOutdated = true;
  for (const name of await namesIn(folder)) {
    const file = join(folder, name);
    const isOutdated = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs > keptMs,
      () => false,
    );
    if (isOutdated) await rm(file, { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
