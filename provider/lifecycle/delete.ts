/** Delete: removes a deployment, from whatever state it is in, and waits until it is gone. */
import type { Connection } from "../connection/connection";
import { CancelledError, messageOf, PlatformError, ProviderError } from "../errors";
import type { DeploymentReference } from "../platform";
import type { Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { shownAtEnd, wait } from "../wait/wait";
import type { WaitResult } from "../wait/wait";
import { otherHolder, release } from "./holders";
import { knownDeployment } from "./known-deployment";
import { lendCall } from "./lent-call";
import type { ProviderCall } from "./provider-call";

export async function remove(call: ProviderCall, id: string, state: Properties): Promise<void> {
  const { connection, reference, block } = knownDeployment(call, id, state);
  const other = otherHolder(call, id);
  if (other !== undefined) {
    const name = `${connection.platform.title} deployment ${reference.deploymentId}`;
    call.log.info(`${name} stays: another resource of the program has it now (${other})`);
    return;
  }
  await removeAndWait(call, connection, reference, block?.inputs);
  release(call, id);
  const { leavesBehind } = connection.implementation;
  if (leavesBehind !== undefined) call.log.info(leavesBehind);
}

/** @param again what the user runs when it was not removed, or nobody knows. */
export async function removeAndWait(
  call: ProviderCall,
  connection: Connection,
  reference: DeploymentReference,
  inputs: unknown,
  again = "pulumi destroy",
): Promise<void> {
  const { adapter, implementation } = connection;
  const deadlineSeconds = call.timeoutSeconds ?? implementation.timeouts.deleteSeconds;
  const startMs = call.clock.now();
  const asked = await askUntilTaken(call, connection, reference, inputs, deadlineSeconds);
  const result = await wait({
    ...waitOf(call, connection),
    observe: async (signal) => {
      const seen = await adapter.observe(asked, inputs, lendCall(call, connection, inputs, signal));
      // A failure that may pass by itself is not the end of a removal that was accepted.
      return seen.phase === "failed" && seen.confirmSeconds !== undefined ? { ...seen, phase: "pending" } : seen;
    },
    done: implementation.removedPhases,
    failed: ["failed"],
    leftover: ["failed"],
    deadlineMs: deadlineSeconds * 1000 - (call.clock.now() - startMs),
  });
  if (result.end !== "done") throw notRemoved(connection, reference, deadlineSeconds, result, again);
}

/** A deployment that is busy with something else may refuse its removal for a while: asked again until the deadline. */
async function askUntilTaken(
  call: ProviderCall,
  connection: Connection,
  reference: DeploymentReference,
  inputs: unknown,
  deadlineSeconds: number,
): Promise<DeploymentReference> {
  let taken: DeploymentReference | undefined;
  const result = await wait({
    ...waitOf(call, connection),
    async observe(signal) {
      try {
        taken = await connection.adapter.delete(reference, lendCall(call, connection, inputs, signal));
        return { phase: "ready", platformStatus: "removal accepted", details: {} };
      } catch (error) {
        if (!isConflict(error)) throw error;
        return { phase: "pending", platformStatus: "removal refused for now", reason: messageOf(error), details: {} };
      }
    },
    // Here the phases are those of the request.
    done: ["ready"],
    failed: [],
    deadlineMs: deadlineSeconds * 1000,
  });
  if (taken !== undefined) return taken;
  throw result.end === "broken" ? result.error : notTaken(connection, reference, deadlineSeconds, result);
}

function isConflict(error: unknown): boolean {
  return error instanceof PlatformError && error.status === 409;
}

function waitOf(call: ProviderCall, connection: Connection) {
  return {
    poll: connection.implementation.poll,
    signal: call.signal,
    report: (line: string) => call.log.status(connection.redactor.redact(line)),
    clock: call.clock,
  };
}

function notTaken(
  { platform, redactor }: Connection,
  { deploymentId }: DeploymentReference,
  deadlineSeconds: number,
  result: WaitResult<unknown>,
): Error {
  const name = `${platform.title} deployment ${deploymentId}`;
  if (result.end === "cancelled") {
    return new CancelledError(
      `cancelled before the removal of ${name} was accepted; it is still there and may cost money, run \`pulumi destroy\` again`,
    );
  }
  const why = redactor.redact(shownAtEnd(result));
  return new ProviderError(
    `${name} could not be removed within ${formatDuration(deadlineSeconds * 1000)}: ${why}; it is still there and may cost money, run \`pulumi destroy\` again`,
    { cause: result.error },
  );
}

function notRemoved(
  { platform, redactor }: Connection,
  { deploymentId }: DeploymentReference,
  deadlineSeconds: number,
  result: WaitResult<unknown>,
  again: string,
): Error {
  const name = `${platform.title} deployment ${deploymentId}`;
  if (result.end === "cancelled") {
    return new CancelledError(
      `the removal of ${name} was asked for and not waited for; it may still cost money, run \`${again}\` again to make sure`,
    );
  }
  const lasted = formatDuration(Math.min(result.elapsedMs, deadlineSeconds * 1000));
  const outcome =
    result.end === "broken"
      ? `was asked for, and whether it is done cannot be seen: ${shownAtEnd(result)}`
      : `was accepted, but after ${lasted} it is still there: ${shownAtEnd(result)}`;
  const advice = `it may cost money, run \`${again}\` again`;
  return new ProviderError(redactor.redact(`the removal of ${name} ${outcome}, seen: ${result.history}; ${advice}`), {
    cause: result.error,
  });
}
