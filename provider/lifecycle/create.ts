/** Create: makes a deployment, or adopts one, and waits until it is ready. */
import type { Connection } from "../connection/connection";
import { InitializationError, messageOf, ProviderError } from "../errors";
import { differences } from "../inputs/differences";
import type { DeploymentReference, Snapshot } from "../platform";
import { isRecord } from "../resources/resource-kind";
import type { Block, Properties } from "../resources/resource-kind";
import { registerSecrets } from "./block-secrets";
import { deploymentIdFrom, formatIdentifier } from "./identifier";
import { lendCall } from "./lent-call";
import { withLiveConfiguration } from "./live-configuration";
import type { ProviderCall } from "./provider-call";
import { removeAndWait } from "./delete";
import { requireBlock } from "./require-block";
import { settle } from "./settle";
import type { Accepted } from "./settle";

export interface CreateResult {
  id: string;
  state: Properties;
}

/**
 * @throws InitializationError once the platform has accepted; any other error means that nothing
 * was made, or says what may exist.
 */
export async function create(call: ProviderCall, inputs: Properties): Promise<CreateResult> {
  const block = requireBlock(call.kind, inputs);
  const connection = call.connections.connect(block.platform);
  registerSecrets(connection, block);
  const started = await start(call, connection, inputs, block);
  const deadlineSeconds = call.timeoutSeconds ?? connection.implementation.timeouts.createSeconds;
  const accepted: Accepted = { call, connection, inputs, block, deadlineSeconds, ...started };
  try {
    const state = await settle(accepted);
    return { id: formatIdentifier(block.platform.id, started.reference.deploymentId), state };
  } catch (error) {
    throw await afterFailure(accepted, error);
  }
}

/** What a platform has accepted, and what was there before. */
type Started = Pick<Accepted, "reference" | "before">;

async function start(call: ProviderCall, connection: Connection, inputs: Properties, block: Block): Promise<Started> {
  const adopted = inputs["adopt"];
  if (typeof adopted === "string") {
    return adopt(call, connection, block, deploymentIdFrom(block.platform.id, adopted));
  }
  return { reference: await connection.adapter.create(block.inputs, lendCall(call, connection, block.inputs)) };
}

async function adopt(call: ProviderCall, connection: Connection, block: Block, deploymentId: string): Promise<Started> {
  const { adapter, platform, implementation } = connection;
  const lent = lendCall(call, connection, block.inputs);
  const reference: DeploymentReference = { deploymentId, details: {} };
  const live = await adapter.observe(reference, block.inputs, lent);
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
  refuseMisfit(call, connection, block, deploymentId, live);
  const from = withLiveConfiguration(implementation.rules, block.inputs, live.configuration ?? {});
  const found = { deploymentId, details: live.details };
  const accepted = await adapter.update(found, { from, to: block.inputs, live }, lent);
  lent.info(`adopted the ${platform.title} deployment ${deploymentId}`);
  return { reference: accepted, before: live };
}

/** Refuses an adoption that would need a replacement, and names what differs. */
function refuseMisfit(
  call: ProviderCall,
  connection: Connection,
  block: Block,
  deploymentId: string,
  live: Snapshot,
): void {
  const { rules } = connection.implementation;
  const reported = { ...block.inputs, ...(isRecord(live.immutable) ? withoutAbsent(live.immutable) : {}) };
  const misfits = differences(rules.canonical(reported), rules.canonical(block.inputs))
    .filter(({ path }) => rules.effectOf(path) === "replace")
    .map(
      ({ path, from, to }) =>
        `${call.kind.pathOf(connection.platform, path)} is ${text(from)} there and ${text(to)} here`,
    );
  if (misfits.length > 0) {
    const differing = connection.redactor.redact(misfits.join("; "));
    throw new ProviderError(
      `${connection.platform.title}: deployment ${deploymentId} cannot be adopted, since what differs can only be replaced: ${differing}; make these equal, or leave out \`adopt\` to make a new one`,
    );
  }
}

function withoutAbsent(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function text(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}

/** With `onCreateFailure: "remove"`, removes what failed; otherwise keeps it, with the reasons. */
async function afterFailure(accepted: Accepted, error: unknown): Promise<unknown> {
  const { call, connection, inputs, reference } = accepted;
  const removable = error instanceof InitializationError && !call.signal.aborted && inputs["adopt"] === undefined;
  if (!removable || inputs["onCreateFailure"] !== "remove") return error;
  const why = error.reasons[0] ?? error.message;
  try {
    await removeAndWait(call, connection, reference, accepted.block.inputs);
    return new ProviderError(`${why}; it was removed, as onCreateFailure says`, { cause: error });
  } catch (removal) {
    const reasons = [...error.reasons, `removing it failed, too: ${connection.redactor.redact(messageOf(removal))}`];
    return new InitializationError(reasons.join("; "), error.id, error.properties, reasons, { cause: removal });
  }
}
