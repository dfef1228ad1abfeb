/** What an orphan is. Pure. */
import { formatIdentifier } from "../../provider/lifecycle/identifier";
import type { Listing } from "../../provider/platform";
import type { Account } from "./accounts";
import type { Listed } from "./listing";
import type { Request } from "./requests";

export interface Orphan extends Listing {
  account: Account;
  /** `<platform>/<id>`. */
  id: string;
  ageMs?: number;
  /** The price now for the whole age. */
  usdSoFar?: number;
  /** A run that goes on may be making it: it is young, or has not started yet. */
  isFresh: boolean;
  /** Who asked for it. */
  request?: Request;
}

/** A run knows the ids of its deployments at once, and writes them down when they are ready. Milliseconds. */
const freshMs = 10 * 60_000;

/**
 * Deployments that run and that no state knows. What a delete would leave as it is (a failed row of
 * DeepInfra, a disabled deployment of Foundry) runs nothing, and is none.
 */
export function findOrphans(
  listed: readonly Listed[],
  known: ReadonlySet<string>,
  requests: readonly Request[],
  now: Date,
): Orphan[] {
  const orphans = new Map<string, Orphan>();
  for (const { account, listing } of listed) {
    const id = formatIdentifier(account.platform.id, listing.reference.deploymentId);
    const isAtRest = account.connection.implementation.removedPhases.includes(listing.phase);
    // Two keys may open one account.
    const key = `${account.url} ${id}`;
    if (isAtRest || known.has(id) || orphans.has(key)) continue;
    orphans.set(key, toOrphan(account, listing, id, requests, now));
  }
  return [...orphans.values()];
}

function toOrphan(account: Account, listing: Listing, id: string, requests: readonly Request[], now: Date): Orphan {
  const { createdAt, usdPerHour, phase } = listing;
  // The platform's clock may be ahead of this one.
  const ageMs = createdAt === undefined ? undefined : Math.max(0, now.getTime() - createdAt.getTime());
  const request = requests.find((one) => asksFor(one, account, listing));
  return {
    ...listing,
    account,
    id,
    ...(ageMs === undefined ? {} : { ageMs }),
    ...(ageMs === undefined || usdPerHour === undefined ? {} : { usdSoFar: (usdPerHour * ageMs) / 3_600_000 }),
    isFresh: phase === "pending" || (ageMs !== undefined && ageMs < freshMs),
    ...(request === undefined ? {} : { request }),
  };
}

function asksFor(request: Request, account: Account, { reference, name }: Listing): boolean {
  if (request.platform !== account.platform.id) return false;
  if (request.account !== undefined && request.account !== account.url) return false;
  if (request.deploymentId !== undefined) return request.deploymentId === reference.deploymentId;
  return request.name === reference.deploymentId || isSameName(request.name, name);
}

/** DeepInfra puts the account's display name in front of a model's. */
function isSameName(given: string | undefined, listed: string): boolean {
  return given !== undefined && (listed === given || listed.endsWith(`/${given}`));
}
