/** What an account had to answer, as numbers. */

/** One request, as the simulated account received it. */
export interface Exchange {
  method: string;
  path: string;
  arrivedMs: number;
  /** Of the whole answer, its head included. */
  bytes: number;
}

export interface RouteFigures {
  requests: number;
  bytes: number;
  /** Of the largest answer. */
  largestBytes: number;
}

export interface Traffic {
  /** `GET /deploy/{id}`. */
  routes: Record<string, RouteFigures>;
  requests: number;
  bytes: number;
  mostInOneSecond: number;
  /** By the second. Requests that left evenly may arrive in a bunch, of which ten seconds show less than one. */
  mostInTenSeconds: number;
}

export function trafficOf(exchanges: readonly Exchange[]): Traffic {
  const routes: Record<string, RouteFigures> = {};
  for (const exchange of exchanges) {
    const { requests, bytes, largestBytes } = routes[routeOf(exchange)] ?? { requests: 0, bytes: 0, largestBytes: 0 };
    routes[routeOf(exchange)] = {
      requests: requests + 1,
      bytes: bytes + exchange.bytes,
      largestBytes: Math.max(largestBytes, exchange.bytes),
    };
  }
  const arrivals = exchanges.map(({ arrivedMs }) => arrivedMs).sort((one, other) => one - other);
  return {
    routes,
    requests: exchanges.length,
    bytes: exchanges.reduce((total, { bytes }) => total + bytes, 0),
    mostInOneSecond: mostWithin(arrivals, 1_000),
    mostInTenSeconds: mostWithin(arrivals, 10_000) / 10,
  };
}

/** Of several accounts: what they had together, and the most that any one of them had. */
export function together(traffics: readonly Traffic[]): Traffic {
  const routes: Record<string, RouteFigures> = {};
  for (const [route, figures] of traffics.flatMap((traffic) => Object.entries(traffic.routes))) {
    const so = routes[route] ?? { requests: 0, bytes: 0, largestBytes: 0 };
    routes[route] = {
      requests: so.requests + figures.requests,
      bytes: so.bytes + figures.bytes,
      largestBytes: Math.max(so.largestBytes, figures.largestBytes),
    };
  }
  const sum = (of: (traffic: Traffic) => number): number => traffics.reduce((total, one) => total + of(one), 0);
  return {
    routes,
    requests: sum(({ requests }) => requests),
    bytes: sum(({ bytes }) => bytes),
    mostInOneSecond: Math.max(0, ...traffics.map(({ mostInOneSecond }) => mostInOneSecond)),
    mostInTenSeconds: Math.max(0, ...traffics.map(({ mostInTenSeconds }) => mostInTenSeconds)),
  };
}

function routeOf({ method, path }: Exchange): string {
  const fixed = /^\/deploy\/(list|llm)$/.test(path);
  return `${method} ${fixed ? path : path.replace(/^\/deploy\/[^/]+/, "/deploy/{id}")}`;
}

/** @param timesMs in order. */
export function mostWithin(timesMs: readonly number[], windowMs: number): number {
  let [first, most] = [0, 0];
  timesMs.forEach((timeMs, last) => {
    while (timeMs - (timesMs[first] ?? timeMs) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}
