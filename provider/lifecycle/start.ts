/** How a deployment begins: it is adopted, taken over, or asked for. */
import type { Connection } from "../connection/connection";
import { UnclearError } from "../errors";
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
  for (const pauseMs of pausesMs) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UnclearError)) throw error;
      // What the next `pulumi up` would do: look for it, and ask again only when it is not there.
      call.log.status(connection.redactor.redact(`looking again in ${formatDuration(pauseMs)}: ${error.message}`));
      await call.clock.sleep(pauseMs, call.signal);
      if (call.signal.aborted) throw error;
    }
  }
  return attempt();
}
