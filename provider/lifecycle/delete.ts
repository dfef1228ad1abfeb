/** Delete: removes a deployment, from whatever state it is in, and waits until it is gone. */
import type { Connection } from "../connection/connection";
import { CancelledError, messageOf, ProviderError } from "../errors";
import type { DeploymentReference } from "../platform";
import type { Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { stateText, wait, type WaitResult } from "../wait/wait";
import { parseIdentifier } from "./identifier";
import { lendCall } from "./lent-call";
import { platformOf } from "./platform-of";
import type { ProviderCall } from "./provider-call";
import { referenceFrom } from "./state";

export async function remove(call: ProviderCall, id: string, state: Properties): Promise<void> {
  const identifier = parseIdentifier(
    id,
    call.kind.platforms.map(({ id }) => id),
  );
  const connection = call.connections.connect(platformOf(call.kind, identifier));
  const inputs = call.kind.blockOf(state)?.inputs;
  await removeAndWait(call, connection, referenceFrom(state, identifier.deploymentId), inputs);
  const { leavesBehind } = connection.implementation;
  if (leavesBehind !== undefined) call.log.info(leavesBehind);
}

export async function removeAndWait(
  call: ProviderCall,
  connection: Connection,
  reference: DeploymentReference,
  inputs: unknown,
): Promise<void> {
  const { adapter, implementation } = connection;
  const asked = await adapter.delete(reference, lendCall(call, connection, inputs));
  const deadlineSeconds = call.timeoutSeconds ?? implementation.timeouts.deleteSeconds;
  const result = await wait({
    observe: (signal) => adapter.observe(asked, inputs, lendCall(call, connection, inputs, signal)),
    done: implementation.removedPhases,
    failed: [],
    poll: implementation.poll,
    deadlineMs: deadlineSeconds * 1000,
    signal: call.signal,
    report: (line) => call.log.status(connection.redactor.redact(line)),
    clock: call.clock,
  });
  if (result.end !== "done") throw notRemoved(connection, reference, deadlineSeconds, result);
}

function notRemoved(
  { platform, redactor }: Connection,
  { deploymentId }: DeploymentReference,
  deadlineSeconds: number,
  result: WaitResult<unknown>,
): Error {
  const name = `${platform.title} deployment ${deploymentId}`;
  if (result.end === "cancelled") {
    return new CancelledError(
      `the removal of ${name} was asked for and not waited for; it may still cost money, run \`pulumi destroy\` again to make sure`,
    );
  }
  const now = result.snapshot === undefined ? messageOf(result.error) : stateText(result.snapshot);
  const reason = result.snapshot?.reason ?? (result.end === "broken" ? messageOf(result.error) : undefined);
  return new ProviderError(
    redactor.redact(
      `the removal of ${name} was accepted, but after ${formatDuration(Math.min(result.elapsedMs, deadlineSeconds * 1000))} it is still ${now}${reason ? ` (${reason})` : ""}, seen: ${result.history}; it may cost money, run \`pulumi destroy\` again`,
    ),
  );
}
