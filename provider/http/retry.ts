/** The only place that retries. Waits grow, with jitter, and obey `Retry-After`. */
import { setTimeout as sleep } from "node:timers/promises";
import { ConnectionError, PlatformError } from "../errors";
import type { HttpRequest } from "./request";

export interface RetryPolicy {
  /** Sends after the first one, not counting those after a 429. */
  retries: number;
  /** Sends after a 429: a busy account may say it often, and was never asked too much. */
  throttledRetries: number;
  /** The first wait; it doubles each time. Milliseconds. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** `Retry-After` beyond this ends the retries, so that the caller's deadline decides. Milliseconds. */
  longestRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  retries: 5,
  throttledRetries: 30,
  firstWaitMs: 500,
  longestWaitMs: 15_000,
  longestRetryAfterMs: 120_000,
};

export async function withRetries<Answer>(
  policy: RetryPolicy,
  request: HttpRequest<Answer>,
  send: () => Promise<Answer>,
): Promise<Answer> {
  let failures = 0;
  let throttled = 0;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!mayRepeat(request, error)) throw error;
      const [done, allowed] = isThrottled(error)
        ? [throttled++, policy.throttledRetries]
        : [failures++, policy.retries];
      const waitMs = waitBefore(policy, done, error);
      if (done >= allowed || waitMs === undefined) throw error;
      await pause(waitMs, request.signal, error);
    }
  }
}

function mayRepeat(request: HttpRequest<unknown>, error: unknown): boolean {
  const repeatable = request.repeatable ?? request.method !== "POST";
  if (error instanceof ConnectionError) return repeatable || !error.sent;
  if (!(error instanceof PlatformError) || error.kind !== "transient") return false;
  // 429 says that the request was not taken; any other failure leaves that open.
  return repeatable || isThrottled(error);
}

function isThrottled(error: unknown): boolean {
  return error instanceof PlatformError && error.status === 429;
}

function waitBefore(policy: RetryPolicy, attempt: number, error: unknown): number | undefined {
  const asked = retryAfterMs(error) ?? 0;
  if (asked > policy.longestRetryAfterMs) return undefined;
  const full = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** attempt);
  // Never sooner than by ourselves: a platform may ask for no pause at all, or for one by a wrong clock.
  return Math.max(asked, full / 2 + (Math.random() * full) / 2);
}

/** `Retry-After` as seconds or as an HTTP date, in milliseconds from now. */
export function retryAfterMs(error: unknown): number | undefined {
  const value = error instanceof PlatformError ? error.retryAfter?.trim() : undefined;
  if (value === undefined || value === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

async function pause(ms: number, signal: AbortSignal, error: unknown): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw error;
  }
}
