/** Update: brings a deployment to the program's inputs, starts it again, or goes on waiting for it. */
import { ProviderError } from "../errors";
import type { Properties } from "../resources/resource-kind";
import { registerSecrets } from "./block-secrets";
import { parseIdentifier } from "./identifier";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import { requireBlock } from "./require-block";
import { settle } from "./settle";
import { referenceFrom } from "./state";

/**
 * Also called for inputs that are the same, when the last create or update did not end well.
 *
 * @returns the new state.
 * @throws InitializationError once the platform has accepted the change; any other error leaves the
 * state as it is, so that the next update tries again.
 */
export async function update(
  call: ProviderCall,
  id: string,
  state: Properties,
  inputs: Properties,
): Promise<Properties> {
  const { deploymentId } = parseIdentifier(
    id,
    call.kind.platforms.map(({ id }) => id),
  );
  const block = requireBlock(call.kind, inputs);
  const connection = call.connections.connect(block.platform);
  registerSecrets(connection, block);
  const lent = lendCall(call, connection, block.inputs);
  const known = referenceFrom(state, deploymentId);
  const live = await connection.adapter.observe(known, block.inputs, lent);
  if (live.phase === "gone") {
    throw new ProviderError(
      `${block.platform.title} deployment ${deploymentId} was removed outside of Pulumi; run \`pulumi up --refresh\` to make it anew`,
    );
  }
  const from = call.kind.blockOf(state)?.inputs ?? block.inputs;
  const seen = { deploymentId, details: { ...known.details, ...live.details } };
  const reference = await connection.adapter.update(seen, { from, to: block.inputs, live }, lent);
  const deadlineSeconds = call.timeoutSeconds ?? connection.implementation.timeouts.updateSeconds;
  return settle({ call, connection, inputs, block, reference, deadlineSeconds, before: live });
}
