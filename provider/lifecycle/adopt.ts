/** Takes over a deployment that exists, where the program's configuration can be brought to it in place. */
import type { Connection } from "../connection/connection";
import { messageOf, ProviderError } from "../errors";
import { differences } from "../inputs/differences";
import type { DeploymentReference, Snapshot } from "../platform";
import { isRecord } from "../resources/resource-kind";
import type { Block } from "../resources/resource-kind";
import { lendCall } from "./lent-call";
import { withLiveConfiguration } from "./live-configuration";
import type { ProviderCall } from "./provider-call";
import type { Accepted } from "./settle";

/** What a platform has accepted, and what was there before. */
export type Started = Pick<Accepted, "reference" | "before">;

/** What the input `adopt` asks for. */
export async function adopt(
  call: ProviderCall,
  connection: Connection,
  block: Block,
  deploymentId: string,
): Promise<Started> {
  const { adapter, platform } = connection;
  const lent = lendCall(call, connection, block.inputs);
  const live = await adapter.observe({ deploymentId, details: {} }, block.inputs, lent);
  if (live.phase === "gone") {
    throw new ProviderError(
      `${platform.title}: there is no deployment ${deploymentId} to adopt; correct \`adopt\`, or leave it out to make one`,
    );
  }
  if (live.phase === "failed") {
    throw new ProviderError(
      `${platform.title}: deployment ${deploymentId} is failed${live.reason ? ` (${live.reason})` : ""} and cannot be adopted; remove it, and leave out \`adopt\``,
    );
  }
  const misfits = misfitsOf(call, connection, block, live);
  if (misfits !== "") {
    throw new ProviderError(
      `${platform.title}: deployment ${deploymentId} cannot be adopted, since what differs can only be replaced: ${misfits}; make these equal, or leave out \`adopt\` to make a new one`,
    );
  }
  const started = await bringToProgram(call, connection, block, { deploymentId, details: {} }, live);
  lent.info(`adopted the ${platform.title} deployment ${deploymentId}`);
  return started;
}

/** Asks for what differs from the program, where anything does. */
export async function bringToProgram(
  call: ProviderCall,
  connection: Connection,
  block: Block,
  { deploymentId, details }: DeploymentReference,
  live: Snapshot,
): Promise<Started> {
  const { adapter, implementation } = connection;
  const from = withLiveConfiguration(implementation.rules, block.inputs, live.configuration ?? {});
  const found = { deploymentId, details: { ...details, ...live.details } };
  const lent = lendCall(call, connection, block.inputs);
  try {
    return { reference: await adapter.update(found, { from, to: block.inputs, live }, lent), before: live };
  } catch (error) {
    // Of several requests some may have been carried out, such as the start of one that stood still.
    throw new ProviderError(
      `${messageOf(error)}; deployment ${deploymentId} is not in the state yet, and may cost money; run \`pulumi up\` again to go on with it`,
      { cause: error },
    );
  }
}

/** What would need a replacement, as a text; empty when nothing does. */
export function misfitsOf(call: ProviderCall, connection: Connection, block: Block, live: Snapshot): string {
  const { rules } = connection.implementation;
  const reported = { ...block.inputs, ...(isRecord(live.immutable) ? withoutAbsent(live.immutable) : {}) };
  const misfits = differences(rules.canonical(reported), rules.canonical(block.inputs))
    .filter(({ path }) => rules.effectOf(path) === "replace")
    .map(
      ({ path, from, to }) =>
        `${call.kind.pathOf(connection.platform, path)} is ${text(from)} there and ${text(to)} here`,
    );
  return connection.redactor.redact(misfits.join("; "));
}

function withoutAbsent(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function text(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}
