/** For requests whose answer names something that costs money. */

/**
 * How long an answer is still awaited after a cancel. An engine that is interrupted twice kills its
 * providers five seconds later. Milliseconds.
 */
const lingerMs = 5_000;

/**
 * Sends with a signal that outlives a cancel for a moment, so that a request that creates is not
 * torn while its answer, and the id in it, is under way. Nothing is sent once the cancel is there.
 */
export async function withLinger<Answer>(
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<Answer>,
  ms: number = lingerMs,
): Promise<Answer> {
  const limit = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const startTimer = (): void => {
    timer = setTimeout(() => limit.abort(), ms);
  };
  if (signal.aborted) limit.abort();
  signal.addEventListener("abort", startTimer, { once: true });
  try {
    return await send(limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", startTimer);
  }
}
