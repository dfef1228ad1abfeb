/** Delete: removes a deployment, from whatever state it is in, and waits until it is gone. */
import type { Connection } from "../connection/connection";
import { CancelledError, ProviderError } from "../errors";
import type { DeploymentReference } from "../platform";
import type { Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { shownAtEnd, wait } from "../wait/wait";
import type { WaitResult } from "../wait/wait";
import { knownDeployment } from "./known-deployment";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";

export async function remove(call: ProviderCall, id: string, state: Properties): Promise<void> {
  const { connection, reference, block } = knownDeployment(call, id, state);
  await removeAndWait(call, connection, reference, block?.inputs);
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
    observe: async (signal) => {
      const seen = await adapter.observe(asked, inputs, lendCall(call, connection, inputs, signal));
      // A failure that may pass by itself is not the end of a removal that was accepted.
      return seen.phase === "failed" && seen.confirmSeconds !== undefined ? { ...seen, phase: "pending" } : seen;
    },
    done: implementation.removedPhases,
    failed: ["failed"],
    leftover: ["failed"],
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
  const lasted = formatDuration(Math.min(result.elapsedMs, deadlineSeconds * 1000));
  const outcome =
    result.end === "broken"
      ? `was asked for, and whether it is done cannot be seen: ${shownAtEnd(result)}`
      : `was accepted, but after ${lasted} it is still there: ${shownAtEnd(result)}`;
  const advice = "it may cost money, run `pulumi destroy` again";
  return new ProviderError(redactor.redact(`the removal of ${name} ${outcome}, seen: ${result.history}; ${advice}`), {
    cause: result.error,
  });
}
