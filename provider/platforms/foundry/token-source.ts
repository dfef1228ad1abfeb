/** Keeps one token for all requests of an account. */

export interface Token {
  value: string;
  lifetimeSeconds: number;
}

/** Renewed this long before its end, or after nine tenths of a short life. Seconds. */
const marginSeconds = 60;

/**
 * @returns a function that gives the token, and fetches one when there is none, when it is about to
 * end, or when `refresh` says that it was refused. Requests that come together share one fetch.
 */
export function createTokenSource(fetch: () => Promise<Token>): (refresh: boolean) => Promise<string> {
  let kept: { value: string; renewAtMs: number } | undefined;
  let underWay: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const startedMs = Date.now();
    kept = undefined;
    const { value, lifetimeSeconds } = await fetch();
    const usableSeconds = Math.max(lifetimeSeconds - marginSeconds, lifetimeSeconds * 0.9);
    kept = { value, renewAtMs: startedMs + usableSeconds * 1000 };
    return value;
  }

  return (refresh) => {
    if (!refresh && kept !== undefined && Date.now() < kept.renewAtMs) return Promise.resolve(kept.value);
    underWay ??= renew().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
