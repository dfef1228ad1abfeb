/** Spaces the requests of one account, so that no number of deployments runs into its limit. */

export interface Pace {
  /** Resolves, first come first served, when the next request may leave; at once when the signal is aborted. */
  turn(signal: AbortSignal): Promise<void>;
  /** Lets nothing leave for so long, as a platform asked with `Retry-After`. Milliseconds. */
  hold(ms: number): void;
}

interface Waiting {
  go(): void;
}

/** No two requests leave closer to each other than a second divided by this number: no bursts. */
export function createPace(requestsPerSecond: number): Pace {
  const gapMs = 1000 / requestsPerSecond;
  const queue = new Set<Waiting>();
  let nextMs = 0;
  let timer: NodeJS.Timeout | undefined;

  function serve(): void {
    timer = undefined;
    for (const waiting of queue) {
      const leftMs = nextMs - performance.now();
      if (leftMs > 0) {
        timer = setTimeout(serve, leftMs);
        return;
      }
      nextMs = performance.now() + gapMs;
      waiting.go();
    }
  }

  /** A timer that nobody waits for would keep the process alive. */
  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    turn: (signal) =>
      new Promise((resolve) => {
        const waiting: Waiting = {
          go() {
            queue.delete(waiting);
            signal.removeEventListener("abort", waiting.go);
            if (queue.size === 0) stop();
            resolve();
          },
        };
        if (signal.aborted) return resolve();
        signal.addEventListener("abort", waiting.go);
        queue.add(waiting);
        if (timer === undefined) serve();
      }),
    hold(ms) {
      nextMs = Math.max(nextMs, performance.now() + ms);
    },
  };
}
