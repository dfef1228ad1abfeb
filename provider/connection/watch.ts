/** A wait's looks at its deployment: shared with the other waits of the account where the platform lists. */
import type { Adapter, Call, DeploymentReference, Phase, Snapshot } from "../platform";
import type { Clock } from "../wait/clock";
import type { Scope, SharedLooks, Watcher } from "./shared-looks";

/** Where each wait asks by itself, those of an account together ask ten times in a second. */
const spacingMs = 100;
const longestSpacedMs = 10_000;

export interface Watch<Inputs> {
  /** One look, or what a look of another wait shows. */
  observe(call: Call): Promise<Snapshot<Inputs>>;
  /**
   * Passes the time until the next look, and more where many ask; resolves early with what the look of
   * another wait shows, and with nothing where that calls for a look by itself.
   *
   * @param longestMs what is left of the wait.
   */
  pause(ms: number, longestMs: number, signal: AbortSignal): Promise<Snapshot<Inputs> | undefined>;
  /** To be called when the wait has ended. */
  end(): void;
}

export interface WatchOptions {
  /** Whether others are waited for from the same moment on, so that the first look is one at all of them. */
  isOneOfMany: boolean;
  /** The wait's own time. */
  clock: Clock;
}

export type StartWatch<Inputs> = (
  reference: DeploymentReference,
  inputs: Inputs | undefined,
  options: WatchOptions,
) => Watch<Inputs>;

/** @param looks absent where nothing is shared. */
export function createWatches<Inputs>(
  adapter: Adapter<Inputs>,
  looks: SharedLooks<Inputs> | undefined,
): StartWatch<Inputs> {
  const spacing = createSpacing();

  return (reference, inputs, { isOneOfMany, clock }) => {
    const scope = looks?.scopeOf(inputs);
    if (scope === undefined) {
      return {
        observe: (call) => adapter.observe(reference, inputs, call),
        pause: (ms, longestMs, signal) => spacing.sleep(clock, ms, longestMs, signal).then(() => undefined),
        end: () => undefined,
      };
    }
    const sight = createSight(looks?.areOfIndex === true);
    /** Looks in a row that others could not spare; the first one says little. */
    let looksAlone = 0;
    let isFirst = true;
    scope.waits += 1;

    return {
      async observe(call) {
        const begins = isFirst ? isOneOfMany : scope.waits > 1;
        isFirst = false;
        const shared = await scope.see(reference, inputs, call, () => begins);
        const believed = shared !== undefined && sight.believes(shared);
        looksAlone = believed ? 0 : looksAlone + 1;
        const snapshot = believed ? shared : await adapter.observe(reference, inputs, call);
        sight.phase = snapshot.phase;
        return snapshot;
      },
      async pause(ms, longestMs, signal) {
        const isAlone = scope.isBroken() || (looksAlone > 1 && scope.waits > 1);
        const least = Math.max(ms, scope.tookMs);
        const sleep = (ended: AbortSignal): Promise<void> =>
          isAlone ? spacing.sleep(clock, least, longestMs, ended) : clock.sleep(Math.min(longestMs, least), ended);
        return pauseUntilTold(scope, { reference, inputs }, sight, sleep, signal);
      },
      end: () => void (scope.waits -= 1),
    };
  };
}

/** What a wait has seen so far, and what it therefore takes from the looks of others. */
interface Sight {
  /** As seen last. */
  phase: Phase | undefined;
  believes(snapshot: Snapshot): boolean;
}

function createSight(isOfIndex: boolean): Sight {
  let wasPending = false;
  return {
    phase: undefined,
    /**
     * An index may be a moment behind, and show what was before the change that is waited for: there, ready is
     * what was seen to be pending in the same way before. Any other end of a wait is looked at by itself.
     */
    believes({ phase }) {
      if (phase === "pending") wasPending = true;
      return phase === "pending" || (phase === "ready" && (wasPending || !isOfIndex));
    },
  };
}

async function pauseUntilTold<Inputs>(
  scope: Scope<Inputs>,
  deployment: Pick<Watcher<Inputs>, "reference" | "inputs">,
  sight: Sight,
  sleep: (ended: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<Snapshot<Inputs> | undefined> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  let news: Snapshot<Inputs> | undefined;
  const watcher: Watcher<Inputs> = {
    ...deployment,
    told(snapshot) {
      if (sight.believes(snapshot)) news = snapshot;
      else if (snapshot.phase === sight.phase) return;
      sight.phase = snapshot.phase;
      end();
    },
  };
  if (signal.aborted) return undefined;
  signal.addEventListener("abort", end);
  scope.watchers.add(watcher);
  try {
    await sleep(ended.signal);
    return news;
  } finally {
    scope.watchers.delete(watcher);
    signal.removeEventListener("abort", end);
  }
}

interface Spacing {
  sleep(clock: Clock, ms: number, longestMs: number, signal: AbortSignal): Promise<void>;
}

/** Keeps the looks of waits apart that share nothing. */
function createSpacing(): Spacing {
  let sleeping = 0;
  return {
    async sleep(clock, ms, longestMs, signal) {
      sleeping += 1;
      const spacedMs = Math.min(sleeping * spacingMs, longestSpacedMs);
      await clock.sleep(Math.min(longestMs, Math.max(ms, spacedMs)), signal);
      sleeping -= 1;
    },
  };
}
