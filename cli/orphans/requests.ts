/** Deployments that runs have asked for, and of which no state has the id. */
import { listIntents } from "../../provider/intent/intent-folder";
import type { Intent } from "../../provider/intent/intent";
import type { Creation } from "../stacks/exported-state";
import type { ShownStack } from "./stacks";

/** A creation that a state calls pending, or of which a run has left a note on this machine. */
export interface Request extends Creation {
  /** The base URL of the account, where it is known. */
  account?: string;
  startedAt?: Date;
}

export async function readRequests(stacks: readonly ShownStack[], environment: NodeJS.ProcessEnv): Promise<Request[]> {
  const noted = (await listIntents(environment)).map(requestOf);
  return [...noted, ...stacks.flatMap(({ known }) => known.creations)];
}

function requestOf({ urn, platform, account, name, startedAt, deploymentId }: Intent): Request {
  const at = new Date(startedAt);
  return {
    ...{ urn, platform, account, name: listedName(name) },
    ...(deploymentId === undefined ? {} : { deploymentId }),
    ...(Number.isNaN(at.getTime()) ? {} : { startedAt: at }),
  };
}

/** Names of two parts, a model and a branch, are noted as a list in JSON, and shown with a blank between them. */
function listedName(name: string): string {
  if (!name.startsWith("[")) return name;
  try {
    return (JSON.parse(name) as string[]).join(" ");
  } catch {
    return name;
  }
}
