/**
 * The window between a platform's yes and the moment in which Pulumi has saved the id. An engine that
 * is killed in it, or interrupted twice, leaves a deployment that no state knows. A note is kept
 * before the request, and the next create of the same resource takes over what the note leads to.
 */
import { createHmac } from "node:crypto";
import type { Connection } from "../connection/connection";
import { ConnectionError, messageOf, PlatformError, ProviderError } from "../errors";
import type { Intent } from "../intent/intent";
import type { DeploymentReference, Phase, Snapshot } from "../platform";
import type { Block } from "../resources/resource-kind";
import { bringToProgram, misfitsOf } from "./adopt";
import type { Started } from "./adopt";
import { otherHolder } from "./holders";
import { formatIdentifier } from "./identifier";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import { redactTexts } from "./state";

/** Phases in which a deployment may cost money. */
const alive: readonly Phase[] = ["pending", "ready", "degraded"];
/** A platform's clock and this machine's may differ; what was made further off was made by somebody else. */
const clockToleranceMs = 15 * 60 * 1000;

type NewIntent = Omit<Intent, "urn">;

/** Asks the platform for a new deployment, with a note kept from just before the request. */
export async function createNoted(call: ProviderCall, connection: Connection, block: Block): Promise<Started> {
  const intent = intentOf(connection, block);
  const earlier = await call.intent.read();
  const lent = lendCall(call, connection, block.inputs);
  try {
    const noted = { ...lent, aboutToCreate: () => keep(call, intent) };
    const reference = await connection.adapter.create(block.inputs, noted);
    await keep(call, answered(intent, reference, connection));
    return { reference };
  } catch (error) {
    // What an earlier request may have made is not refuted by the refusal of this one.
    if (isRefusal(error)) await (earlier === undefined ? call.intent.remove() : keep(call, earlier));
    throw error;
  }
}

/**
 * The deployment that an interrupted create of the same resource has left, if there is exactly one
 * that lives. Undefined when there is none, so that one is to be made.
 */
export async function takeOverInterrupted(
  call: ProviderCall,
  connection: Connection,
  block: Block,
): Promise<Started | undefined> {
  const intent = await call.intent.read();
  if (intent === undefined || !isOfAccount(intent, connection)) return undefined;
  const found = await find(call, connection, block, intent);
  if (found === undefined) return undefined;
  const lent = lendCall(call, connection, block.inputs);
  const live = await connection.adapter.observe(found, block.inputs, lent);
  // Brought into the stack as another resource since then.
  if (otherHolder(call, formatIdentifier(connection.platform.id, found.deploymentId)) !== undefined) return undefined;
  if (!alive.includes(live.phase) || !isComparable(intent, live, connection, block)) return undefined;
  refuseMisfit(call, connection, block, found, live);
  const { title } = connection.platform;
  lent.info(
    `${title} was asked for this resource at ${intent.startedAt}, and the answer never reached Pulumi's state; taking over the deployment ${found.deploymentId}, which that request made`,
  );
  const started = await bringToProgram(call, connection, block, found, live);
  const taken = { ...intentOf(connection, block), startedAt: intent.startedAt };
  await keep(call, answered(taken, started.reference, connection));
  return started;
}

async function find(
  call: ProviderCall,
  connection: Connection,
  block: Block,
  intent: Intent,
): Promise<DeploymentReference | undefined> {
  const { deploymentId, details = {} } = intent;
  if (deploymentId !== undefined) return { deploymentId, details };
  const listed = await connection.adapter.find?.(intent.name, lendCall(call, connection, block.inputs));
  const ofThatTime = (listed ?? []).filter(
    ({ phase, createdAt }) => alive.includes(phase) && isNear(createdAt, intent),
  );
  // Of several, it is not known which is ours: the create that follows refuses, and names them.
  return ofThatTime.length === 1 ? ofThatTime[0]?.reference : undefined;
}

function isNear(createdAt: Date | undefined, { startedAt }: Intent): boolean {
  return createdAt === undefined || Math.abs(createdAt.getTime() - Date.parse(startedAt)) <= clockToleranceMs;
}

function isOfAccount(
  { platform, account }: Intent,
  { implementation, platform: { id }, settings }: Connection,
): boolean {
  return platform === id && account === implementation.baseUrl(settings);
}

/** Where a platform does not report the configuration, only unchanged inputs are known to be what is there. */
function isComparable(intent: Intent, live: Snapshot, connection: Connection, block: Block): boolean {
  return live.configuration !== undefined || intent.inputs === hashOf(connection, block);
}

function refuseMisfit(
  call: ProviderCall,
  connection: Connection,
  block: Block,
  { deploymentId }: DeploymentReference,
  live: Snapshot,
): void {
  const misfits = misfitsOf(call, connection, block, live);
  if (misfits === "") return;
  throw new ProviderError(
    `${connection.platform.title}: an earlier request made deployment ${deploymentId} for this resource, which is in no state and may cost money; it cannot be taken over, since what differs can only be replaced: ${misfits}; make these equal, or remove it with \`npx pulumi-inference orphans --remove\``,
  );
}

function intentOf(connection: Connection, block: Block): NewIntent {
  const { implementation, platform, settings } = connection;
  return {
    platform: platform.id,
    account: implementation.baseUrl(settings),
    name: implementation.rules.identity(block.inputs),
    inputs: hashOf(connection, block),
    startedAt: new Date().toISOString(),
  };
}

function answered(
  intent: NewIntent,
  { deploymentId, details }: DeploymentReference,
  { redactor }: Connection,
): NewIntent {
  return { ...intent, deploymentId, details: redactTexts(details, redactor) };
}

/** Keyed with the credentials, so that nobody without them can try out what the inputs were. */
function hashOf({ implementation, settings }: Connection, { inputs }: Block): string {
  const canonical = JSON.stringify(implementation.rules.canonical(inputs));
  return createHmac("sha256", settings.secrets().join("\n")).update(canonical).digest("hex");
}

/** Without the note a kill leaves what the look before a creation finds; that is no reason to make nothing. */
async function keep(call: ProviderCall, intent: NewIntent): Promise<void> {
  try {
    await call.intent.write(intent);
  } catch (error) {
    call.log.warn(
      `could not keep a note of this creation (${messageOf(error)}); should this run be killed, the next one refuses to make a second deployment and names the first`,
    );
  }
}

/** Nothing was made, and nothing will be. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ConnectionError) return !error.sent;
  return error instanceof PlatformError && error.kind !== "transient";
}
