/** What the simulator's log tells about a command. */
import type { WaitFigures } from "./measurement";

export interface AnsweredRequest {
  method: string;
  path: string;
  arrivedMs: number;
  answeredMs: number;
}

export interface Started {
  id: string;
  createdAtMs: number;
}

const listPath = "/deploy/list";

/** How many requests each route had: `GET /deploy/{id}`. */
export function countByRoute(requests: readonly AnsweredRequest[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const request of requests) counts[routeOf(request)] = (counts[routeOf(request)] ?? 0) + 1;
  return counts;
}

export function firstArrivalMs(requests: readonly AnsweredRequest[]): number | undefined {
  return requests.length === 0 ? undefined : Math.min(...requests.map(({ arrivedMs }) => arrivedMs));
}

function routeOf({ method, path }: AnsweredRequest): string {
  const fixed = path === listPath || path === "/deploy/llm" || !path.startsWith("/deploy/");
  return `${method} ${fixed ? path : "/deploy/{id}"}`;
}

export function waitFigures(
  requests: readonly AnsweredRequest[],
  deployments: readonly Started[],
  readyAfterMs: number,
  endedMs: number,
): WaitFigures {
  const readyMs = (deployment: Started): number => deployment.createdAtMs + readyAfterMs;
  return {
    reactionSeconds: deployments.map((one) => (seenMs(requests, one.id, readyMs(one)) - readyMs(one)) / 1000),
    tailSeconds: (endedMs - Math.max(...deployments.map(readyMs))) / 1000,
    inFlight: mostAtOnce(deployments, readyMs),
  };
}

/**
 * The answer that ended the wait: the first of the deployment's own that was asked for when it was
 * ready; a list counts only where nobody asks for the single deployment then, since other deployments
 * ask for lists, too. A slow look that was asked for too early may have been answered in time.
 */
function seenMs(requests: readonly AnsweredRequest[], id: string, readyMs: number): number {
  const looks = requests.filter(({ method }) => method === "GET");
  const own = looks.filter(({ path }) => path === `/deploy/${id}`);
  const lists = looks.filter(({ path }) => path === listPath);
  const afterReady = (request: AnsweredRequest): boolean => request.arrivedMs >= readyMs;
  return (own.find(afterReady) ?? lists.find(afterReady) ?? own.at(-1))?.answeredMs ?? NaN;
}

function mostAtOnce(deployments: readonly Started[], readyMs: (deployment: Started) => number): number {
  const standing = (momentMs: number): number =>
    deployments.filter((one) => one.createdAtMs <= momentMs && momentMs < readyMs(one)).length;
  return Math.max(0, ...deployments.map(({ createdAtMs }) => standing(createdAtMs)));
}
