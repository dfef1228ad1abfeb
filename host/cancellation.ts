/** The end of all waits of this process. */
import { setMaxListeners } from "node:events";

const cancellation = new AbortController();
// Each wait of the process listens: one stack may have hundreds, and Node warns from the eleventh on.
setMaxListeners(0, cancellation.signal);

/** Aborted when the engine asks to cancel (Ctrl-C), or is gone. */
export const cancelled: AbortSignal = cancellation.signal;

export function cancel(): void {
  cancellation.abort();
}
