/** The call that the core lends to an adapter. */
import type { Connection } from "../connection/connection";
import { CancelledError, ProviderError } from "../errors";
import type { Call, DeploymentReference, Phase } from "../platform";
import { formatDuration } from "../wait/duration";
import { shownAtEnd, wait } from "../wait/wait";
import type { ProviderCall } from "./provider-call";

/** What a host has to lend, for a resource or for a function. */
export type Lender = Pick<ProviderCall, "log" | "signal" | "timeoutSeconds" | "clock">;

/** @param inputs the block's inputs, where the call has any. */
export function lendCall(
  call: Lender,
  connection: Connection,
  inputs: unknown,
  signal: AbortSignal = call.signal,
): Call {
  const redact = (message: string): string => connection.redactor.redact(message);
  return {
    signal,
    maximumAgeMs: 0,
    report: (message) => call.log.status(redact(message)),
    info: (message) => call.log.info(redact(message)),
    warn: (message) => call.log.warn(redact(message)),
    aboutToCreate: () => Promise.resolve(),
    noteChange: () => undefined,
    waitUntil: (reference, phases) => waitUntil(call, connection, inputs, reference, phases),
  };
}

async function waitUntil(
  call: Lender,
  connection: Connection,
  inputs: unknown,
  reference: DeploymentReference,
  phases: readonly Phase[],
): Promise<void> {
  const { adapter, implementation, platform } = connection;
  const deadlineSeconds = call.timeoutSeconds ?? implementation.timeouts.updateSeconds;
  const result = await wait({
    observe: (signal) => adapter.observe(reference, inputs, lendCall(call, connection, inputs, signal)),
    done: phases,
    failed: ["failed", "gone"],
    poll: implementation.poll,
    deadlineMs: deadlineSeconds * 1000,
    signal: call.signal,
    report: (line) => call.log.status(connection.redactor.redact(line)),
    clock: call.clock,
  });
  if (result.end === "done") return;
  const name = `${platform.title} deployment ${reference.deploymentId}`;
  if (result.end === "cancelled") {
    throw new CancelledError(`${name}: cancelled while it was to become ${phases.join(" or ")}`);
  }
  const wanted = phases.join(" or ");
  const outcome = {
    failed: `is not ${wanted}`,
    late: `did not become ${wanted} within ${formatDuration(deadlineSeconds * 1000)}`,
    broken: `was to become ${wanted}, and cannot be seen`,
  }[result.end];
  throw new ProviderError(
    `${name} ${outcome}: ${shownAtEnd(result)}, seen: ${result.history}; run \`pulumi up\` again to go on`,
    { cause: result.error },
  );
}
