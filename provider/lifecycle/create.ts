/** Create: makes a deployment, or adopts one, and waits until it is ready. */
import type { Connection } from "../connection/connection";
import { InitializationError, messageOf, ProviderError } from "../errors";
import type { Block, Properties } from "../resources/resource-kind";
import { registerSecrets } from "./block-secrets";
import { adopt } from "./adopt";
import type { Started } from "./adopt";
import { deploymentIdFrom, formatIdentifier } from "./identifier";
import { createNoted, takeOverInterrupted } from "./interrupted-create";
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

async function start(call: ProviderCall, connection: Connection, inputs: Properties, block: Block): Promise<Started> {
  const adopted = inputs["adopt"];
  if (typeof adopted === "string") {
    return adopt(call, connection, block, deploymentIdFrom(block.platform.id, adopted));
  }
  return (await takeOverInterrupted(call, connection, block)) ?? (await createNoted(call, connection, block));
}

/** With `onCreateFailure: "remove"`, removes what failed; otherwise keeps it, with the reasons. */
async function afterFailure(accepted: Accepted, error: unknown): Promise<unknown> {
  const { call, connection, inputs, reference } = accepted;
  const removable = error instanceof InitializationError && !call.signal.aborted && inputs["adopt"] === undefined;
  if (!removable || inputs["onCreateFailure"] !== "remove") return error;
  const why = error.reasons[0] ?? error.message;
  try {
    await removeAndWait(call, connection, reference, accepted.block.inputs);
    await call.intent.remove();
    return new ProviderError(`${why}; it was removed, as onCreateFailure says`, { cause: error });
  } catch (removal) {
    const reasons = [...error.reasons, `removing it failed, too: ${connection.redactor.redact(messageOf(removal))}`];
    return new InitializationError(reasons.join("; "), error.id, error.properties, reasons, { cause: removal });
  }
}
