/** Makes a live deployment, once, or takes over a disabled one. */
import {
  CancelledError,
  ConnectionError,
  isTransient,
  mayHaveBeenAccepted,
  messageOf,
  ProviderError,
  UnclearError,
} from "../../errors";
import type { HttpClient } from "../../http/request";
import type { Call, DeploymentReference, Listing } from "../../platform";
import { createDeployment, disableDeployment, listDeployments, replaceDeployment, startDeployment } from "./api";
import type { FoundryInputs } from "./inputs";
import type { LiveDeployment } from "./schema";
import { isDisabled, toListing } from "./status";

/** Looks first: a branch of a model has one deployment at most, and Foundry knows no delete. */
export async function create(http: HttpClient, inputs: FoundryInputs, call: Call): Promise<DeploymentReference> {
  const existing = await find(http, inputs, call.signal);
  if (existing === undefined) {
    await call.aboutToCreate();
    const rid = await createOnce(http, inputs, call);
    if (inputs.enabled === false) await disableNew(http, rid, call);
    return { deploymentId: rid, details: {} };
  }
  if (!isDisabled(existing)) throw alreadyThere(existing, inputs);
  await call.aboutToCreate();
  await takeOver(http, existing.rid, inputs, call);
  return { deploymentId: existing.rid, details: {} };
}

type Branch = Pick<FoundryInputs, "modelRid" | "branch">;

/** @param name as the rules' `identity` spells it. */
export async function findNamed(http: HttpClient, name: string, call: Call): Promise<Listing[]> {
  const [modelRid = "", branch = ""] = JSON.parse(name) as string[];
  const existing = await find(http, { modelRid, branch }, call.signal);
  return existing === undefined ? [] : [toListing(existing)];
}

/** The one of the branch; a live one where a server should list more than the documented one. */
async function find(http: HttpClient, inputs: Branch, signal: AbortSignal): Promise<LiveDeployment | undefined> {
  const listed = await listDeployments(http, inputs, signal);
  const ofBranch = listed.filter(({ branch }) => branch === undefined || branch === null || branch === inputs.branch);
  return ofBranch.find((deployment) => !isDisabled(deployment)) ?? ofBranch[0];
}

function alreadyThere({ rid, status }: LiveDeployment, { modelRid, branch }: FoundryInputs): ProviderError {
  return new ProviderError(
    `Palantir Foundry: branch ${branch} of model ${modelRid} already has the live deployment ${rid} (${status?.state ?? "in an unknown state"}), and can have one only; to take it over, add \`adopt: "${rid}"\``,
  );
}

async function createOnce(http: HttpClient, inputs: FoundryInputs, call: Call): Promise<string> {
  try {
    return await createDeployment(http, inputs, call.signal);
  } catch (error) {
    if (error instanceof CancelledError && error.sent) throw new CancelledError(unclear(inputs, error), true);
    if (!mayHaveBeenAccepted(error)) throw error;
    return findAfterLostAnswer(http, inputs, error, call);
  }
}

/** There was none before, so that whatever is there now is what was asked for. */
async function findAfterLostAnswer(
  http: HttpClient,
  inputs: FoundryInputs,
  failure: unknown,
  call: Call,
): Promise<string> {
  const found = await find(http, inputs, call.signal).catch((error: unknown) => {
    throw new UnclearError(`${unclear(inputs, failure)}; looking for it failed, too: ${messageOf(error)}`, {
      cause: failure,
    });
  });
  if (found === undefined) throw new UnclearError(unclear(inputs, failure), { cause: failure });
  call.info(`the answer to the creation was lost; going on with the deployment ${found.rid}, which it has made`);
  return found.rid;
}

function unclear({ modelRid, branch }: FoundryInputs, failure: unknown): string {
  return `Palantir Foundry: it is not known whether a live deployment of branch ${branch} of model ${modelRid} was made (${messageOf(failure)}); it may cost money. Run \`pulumi up\` again: it looks first, and names the line \`adopt\` if there is one`;
}

/** It exists and may run, so that nothing may keep its id from the state: the next update tries again. */
async function disableNew(http: HttpClient, rid: string, call: Call): Promise<void> {
  try {
    await disableDeployment(http, rid, call.signal);
  } catch (error) {
    call.warn(`the deployment ${rid} was made, and could not be disabled: ${messageOf(error)}`);
  }
}

async function takeOver(http: HttpClient, rid: string, inputs: FoundryInputs, call: Call): Promise<void> {
  call.warn(
    `taking over the disabled deployment ${rid} of this branch, which an earlier destroy left or somebody disabled`,
  );
  const replaced = await replaceDisabled(http, rid, inputs, call);
  if (inputs.enabled === false) {
    // Whether a change starts a disabled deployment is not documented.
    if (!isDisabled(replaced)) await disableNew(http, rid, call);
    return;
  }
  try {
    await startDeployment(http, rid, call.signal);
  } catch (error) {
    if (!mayHaveStarted(error)) throw error;
    call.warn(`it is not known whether the deployment ${rid} was started: ${messageOf(error)}`);
  }
}

/** Whether a change starts a disabled deployment is not documented, so that one that may have been made is told. */
async function replaceDisabled(
  http: HttpClient,
  rid: string,
  inputs: FoundryInputs,
  call: Call,
): Promise<LiveDeployment> {
  try {
    return await replaceDeployment(http, rid, inputs, call.signal);
  } catch (error) {
    if (!mayHaveStarted(error)) throw error;
    throw new UnclearError(
      `${messageOf(error)}; if the deployment ${rid} was changed nevertheless, it may run and cost money; run \`pulumi up\` again: it looks first, and names the line \`adopt: "${rid}"\` if it runs`,
      { cause: error },
    );
  }
}

function mayHaveStarted(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.sent;
  return error instanceof CancelledError || isTransient(error) || mayHaveBeenAccepted(error);
}
