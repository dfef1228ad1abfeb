/** Update: brings a deployment to the program's inputs, starts it again, or goes on waiting for it. */
import { ProviderError } from "../errors";
import type { Properties } from "../resources/resource-kind";
import { withinLimit } from "../cost/limit";
import { registerSecrets } from "./block-secrets";
import { knownDeployment } from "./known-deployment";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";
import { requireBlock } from "./require-block";
import { settle } from "./settle";
import { generationOf } from "./state";

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
  const { connection, reference: known, block: saved } = knownDeployment(call, id, state);
  const block = requireBlock(call.kind, inputs);
  registerSecrets(connection, block);
  let generation = typeof state["generation"] === "number" ? state["generation"] : undefined;
  const noteChange = (): void => void (generation = generationOf(state) + 1);
  const lent = { ...lendCall(call, connection, block.inputs), noteChange };
  const live = await connection.adapter.observe(known, block.inputs, lent);
  if (live.phase === "gone") {
    throw new ProviderError(
      `${block.platform.title} deployment ${known.deploymentId} was removed outside of Pulumi; run \`pulumi up --refresh\` to make it anew`,
    );
  }
  const from = saved?.inputs ?? block.inputs;
  const seen = { ...known, details: { ...known.details, ...live.details } };
  const { adapter } = withinLimit(connection, inputs);
  const reference = await adapter.update(seen, { from, to: block.inputs, live }, lent);
  const deadlineSeconds = call.timeoutSeconds ?? connection.implementation.timeouts.updateSeconds;
  return settle({ call, connection, inputs, block, reference, deadlineSeconds, generation, before: live });
}
