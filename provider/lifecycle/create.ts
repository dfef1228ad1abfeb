/** Create: makes a deployment, or adopts one, and waits until it is ready. */
import { InitializationError, messageOf, ProviderError } from "../errors";
import type { Properties } from "../resources/resource-kind";
import { withinLimit } from "../cost/limit";
import { registerSecrets } from "./block-secrets";
import { hold, release } from "./holders";
import { formatIdentifier } from "./identifier";
import type { ProviderCall } from "./provider-call";
import { removeAndWait } from "./delete";
import { requireBlock } from "./require-block";
import { settle } from "./settle";
import { start } from "./start";
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
  const connection = withinLimit(call.connections.connect(block.platform), inputs);
  registerSecrets(connection, block);
  const started = await start(call, connection, inputs, block);
  const id = formatIdentifier(block.platform.id, started.reference.deploymentId);
  hold(call, id);
  const deadlineSeconds = call.timeoutSeconds ?? connection.implementation.timeouts.createSeconds;
  const accepted: Accepted = { call, connection, inputs, block, deadlineSeconds, generation: 1, ...started };
  try {
    const state = await settle(accepted);
    return { id, state };
  } catch (error) {
    throw await afterFailure(accepted, error);
  }
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
    release(call, error.id);
    return new ProviderError(`${why}; it was removed, as onCreateFailure says`, { cause: error });
  } catch (removal) {
    const reasons = [...error.reasons, `removing it failed, too: ${connection.redactor.redact(messageOf(removal))}`];
    return new InitializationError(reasons.join("; "), error.id, error.properties, reasons, { cause: removal });
  }
}
