/** The limit of an account: so many requests in any second, and 429 for what comes beyond. */

export interface RateLimit {
  /** Counts a request, unless it is one too many. */
  admits(platform: string, requestsPerSecond: number): boolean;
}

export function createRateLimit(now: () => number): RateLimit {
  const admitted = new Map<string, number[]>();
  return {
    admits(platform, requestsPerSecond) {
      const recent = (admitted.get(platform) ?? []).filter((atMs) => now() - atMs < 1_000);
      admitted.set(platform, recent);
      if (recent.length >= requestsPerSecond) return false;
      recent.push(now());
      return true;
    },
  };
}
