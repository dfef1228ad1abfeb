/** The only loop that waits, for every platform and every call. */
import { ConnectionError, isTransient, messageOf, UnreadableAnswerError } from "../errors";
import { retryAfterMs } from "../http/retry";
import type { Phase, PollPolicy, Snapshot } from "../platform";
import type { Clock } from "./clock";
import { pollIntervalMs } from "./poll-interval";
import { createProgress, heartbeatMs, stateText } from "./progress";
import type { Progress } from "./progress";

export interface WaitRequest<Inputs> {
  /** @param intervalMs the pause between two looks at this point of the wait. */
  observe(signal: AbortSignal, intervalMs: number): Promise<Snapshot<Inputs>>;
  /**
   * Passes the time until the next look, and resolves early with what others saw meanwhile. Without it,
   * the time is slept.
   *
   * @param longestMs what is left of the wait.
   */
  pause?(ms: number, longestMs: number, signal: AbortSignal): Promise<Snapshot<Inputs> | undefined>;
  /** Phases that end the wait well. */
  done: readonly Phase[];
  /** Phases that end it badly. Any other phase goes on. */
  failed: readonly Phase[];
  /**
   * Phases of `failed` that the platform may still show from before what is waited for was asked of
   * it: for a while they do not count, unless another phase was seen. By default those of a
   * deployment that does not run yet.
   */
  leftover?: readonly Phase[];
  poll: PollPolicy;
  deadlineMs: number;
  signal: AbortSignal;
  /** One line for the resource's row: called at each change, and now and then in between. */
  report(line: string): void;
  clock: Clock;
}

export type WaitEnd = "done" | "failed" | "late" | "cancelled" | "broken";

export interface WaitResult<Inputs> {
  end: WaitEnd;
  /** The newest snapshot; absent when none could be had. */
  snapshot: Snapshot<Inputs> | undefined;
  /** Why no snapshot could be had in the end, for `broken`, and the newest failure for `late`. */
  error: unknown;
  /** The states seen and for how long, as a text. */
  history: string;
  elapsedMs: number;
}

/** A platform may not show a new deployment, or a changed state, at once. */
const graceMs = 30_000;
/** One success status with a body that cannot be read may be a proxy's page; this many in a row end the wait. */
const unreadableThatCount = 3;
/** The last look may overrun the deadline by this much. */
const lastLookMs = 10_000;

export async function wait<Inputs>(request: WaitRequest<Inputs>): Promise<WaitResult<Inputs>> {
  const startMs = request.clock.now();
  const progress = createProgress({ ...request, leftover: leftoverOf(request) }, startMs);
  // Beside the loop, since a look that is retried, or a pause that the platform asks for, may be long.
  const stopHeartbeat = request.clock.every(heartbeatMs, progress.repeat);
  try {
    return await lookUntilDecided(request, progress, startMs);
  } finally {
    stopHeartbeat();
  }
}

async function lookUntilDecided<Inputs>(
  request: WaitRequest<Inputs>,
  progress: Progress,
  startMs: number,
): Promise<WaitResult<Inputs>> {
  const { clock } = request;
  let snapshot: Snapshot<Inputs> | undefined;
  let error: unknown;
  let unreadable = 0;
  const end = (how: WaitEnd): WaitResult<Inputs> => {
    const nowMs = clock.now();
    return { end: how, snapshot, error, history: progress.history.describe(nowMs), elapsedMs: nowMs - startMs };
  };

  const intervalMs = (): number =>
    pollIntervalMs(request.poll, clock.now() - startMs, clock.now() - progress.changedMs);
  const { pause = sleeping(clock) } = request;
  let shown: Snapshot<Inputs> | undefined;

  for (;;) {
    if (request.signal.aborted) return end("cancelled");
    const seen = shown === undefined ? await look(request, startMs, intervalMs()) : { snapshot: shown };
    const elapsedMs = clock.now() - startMs;
    if (seen.snapshot === undefined && request.signal.aborted) return end("cancelled");
    error = seen.error;
    if (seen.snapshot !== undefined) {
      snapshot = seen.snapshot;
      unreadable = 0;
      progress.show(snapshot);
      const verdict = judge(request, snapshot, progress, elapsedMs);
      if (verdict !== undefined) return end(verdict);
    } else {
      progress.showError(error);
      unreadable = error instanceof UnreadableAnswerError ? unreadable + 1 : 0;
      const bearable = isTransient(error) || (unreadable > 0 && unreadable < unreadableThatCount);
      if (!bearable && elapsedMs < request.deadlineMs) return end("broken");
    }
    const leftMs = request.deadlineMs - elapsedMs;
    if (leftMs <= 0) return end("late");
    // Never sooner than the poll interval: a platform may ask for no pause at all, or for one by a wrong clock.
    const nextMs = Math.max(retryAfterMs(error) ?? 0, intervalMs());
    shown = await pause(Math.min(nextMs, leftMs), leftMs, request.signal);
  }
}

function sleeping(clock: Clock): NonNullable<WaitRequest<never>["pause"]> {
  return async (ms, _longestMs, signal) => {
    await clock.sleep(ms, signal);
    return undefined;
  };
}

interface Look<Inputs> {
  snapshot?: Snapshot<Inputs>;
  error?: unknown;
}

async function look<Inputs>(request: WaitRequest<Inputs>, startMs: number, intervalMs: number): Promise<Look<Inputs>> {
  const leftMs = request.deadlineMs - (request.clock.now() - startMs);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), Math.min(2 ** 31 - 1, Math.max(0, leftMs) + lastLookMs));
  try {
    const signal = AbortSignal.any([request.signal, limit.signal]);
    return { snapshot: await request.observe(signal, intervalMs) };
  } catch (error) {
    const outOfTime = limit.signal.aborted && !request.signal.aborted;
    return { error: outOfTime ? new ConnectionError("no answer came before the deadline", true) : error };
  } finally {
    clearTimeout(timer);
  }
}

function judge<Inputs>(
  request: WaitRequest<Inputs>,
  snapshot: Snapshot<Inputs>,
  progress: Progress,
  elapsedMs: number,
): WaitEnd | undefined {
  const lastedMs = progress.history.lastedMs(request.clock.now());
  if (lastedMs < (snapshot.confirmSeconds ?? 0) * 1000) return undefined;
  if (request.done.includes(snapshot.phase)) return "done";
  if (!request.failed.includes(snapshot.phase) || isHealing(snapshot)) return undefined;
  // Right after a request the platform may still show what was before; once it has shown anything
  // else, the phase counts at once.
  const early = elapsedMs < graceMs && !progress.moved;
  return early && leftoverOf(request).includes(snapshot.phase) ? undefined : "failed";
}

function leftoverOf({ leftover = ["gone", "stopped", "unknown"] }: WaitRequest<unknown>): readonly Phase[] {
  return leftover;
}

/** A degraded deployment goes on healing, unless its platform says for how long that may take. */
function isHealing(snapshot: Snapshot): boolean {
  return snapshot.phase === "degraded" && snapshot.confirmSeconds === undefined;
}

/** What a wait that did not end well saw last: the newest failure, or the state and its reason. */
export function shownAtEnd({ snapshot, error }: WaitResult<unknown>): string {
  if (error !== undefined) return messageOf(error);
  if (snapshot === undefined) return "nothing was seen";
  return stateText(snapshot) + (snapshot.reason === undefined ? "" : ` (${snapshot.reason})`);
}
