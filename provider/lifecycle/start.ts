/** How a deployment begins: it is adopted, taken over, or asked for. */
import type { Connection } from "../connection/connection";
import { messageOf, ProviderError, UnclearError } from "../errors";
import type { Block, Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { adopt } from "./adopt";
import type { Started } from "./adopt";
import { deploymentIdFrom } from "./identifier";
import { createNoted, takeOverInterrupted } from "./interrupted-create";
import type { ProviderCall } from "./provider-call";

/** Pauses before another look for what a request may have made, in milliseconds. */
const pausesMs = [5_000, 10_000, 20_000];

export async function start(
  call: ProviderCall,
  connection: Connection,
  inputs: Properties,
  block: Block,
): Promise<Started> {
  const adopted = inputs["adopt"];
  if (typeof adopted === "string") {
    return adopt(call, connection, block, deploymentIdFrom(block.platform.id, adopted));
  }
  const attempt = async (): Promise<Started> =>
    (await takeOverInterrupted(call, connection, block)) ?? (await createNoted(call, connection, block));
  return untilClear(call, connection, attempt, pausesMs);
}

/** Does what the next `pulumi up` would do: looks for it, and asks again only when it is not there. */
async function untilClear(
  call: ProviderCall,
  connection: Connection,
  attempt: () => Promise<Started>,
  [pauseMs, ...laterMs]: readonly number[],
  earlier?: UnclearError,
): Promise<Started> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof UnclearError)) throw earlier === undefined ? error : stillUnclear(earlier, error);
    if (pauseMs === undefined) throw error;
    call.log.status(connection.redactor.redact(`looking again in ${formatDuration(pauseMs)}: ${error.message}`));
    await call.clock.sleep(pauseMs, call.signal);
    if (call.signal.aborted) throw error;
    return untilClear(call, connection, attempt, laterMs, error);
  }
}

/** The failure of a later look says nothing of what the request before it may have made. */
function stillUnclear(unclear: UnclearError, failure: unknown): ProviderError {
  return new ProviderError(`${unclear.message}; looking again failed: ${messageOf(failure)}`, { cause: failure });
}
