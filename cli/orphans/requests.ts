/** Deployments that runs have asked for, and of which no state has the id. */
import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Creation } from "./exported-state";
import type { ShownStack } from "./stacks";

/** A creation that a state calls pending, or a record that the provider left on this machine. */
export interface Request extends Creation {
  /** The base URL of the account, where it is known. */
  account?: string;
  startedAt?: Date;
}

export async function readRequests(stacks: readonly ShownStack[], environment: NodeJS.ProcessEnv): Promise<Request[]> {
  return [...(await readRecords(environment)), ...stacks.flatMap(({ known }) => known.creations)];
}

const record = z.object({
  urn: z.string(),
  platform: z.string(),
  account: z.string().optional(),
  name: z.string().optional(),
  deploymentId: z.string().optional(),
  startedAt: z.coerce.date().optional(),
});

/** A record that cannot be read is left out: it only adds who asked for a deployment. */
async function readRecords(environment: NodeJS.ProcessEnv): Promise<Request[]> {
  const home = environment["PULUMI_HOME"] || join(homedir(), ".pulumi");
  const folder = join(home, "pulumi-inference", "intents");
  const names = await readdir(folder).catch(() => []);
  const texts = names
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFile(join(folder, name), "utf8").catch(() => ""));
  return (await Promise.all(texts)).flatMap(parseRecord);
}

function parseRecord(text: string): Request[] {
  try {
    const { account, name, deploymentId, startedAt, ...rest } = record.parse(JSON.parse(text));
    return [
      {
        ...rest,
        ...(account === undefined ? {} : { account }),
        ...(name === undefined ? {} : { name }),
        ...(deploymentId === undefined ? {} : { deploymentId }),
        ...(startedAt === undefined ? {} : { startedAt }),
      },
    ];
  } catch {
    return [];
  }
}
