/** All rows of the account, read once for creations that come together. */
import type { HttpClient } from "../../http/request";
import { listDeployments } from "./api";
import type { Deployment } from "./schema";

/**
 * For so long others may have made a deployment of the same name unseen; the look before a creation
 * leaves such a moment in any case.
 */
const keptForMs = 1_000;
/** A look that hangs must not hold the creations that come after it. */
const patienceMs = 2_000;

export interface AccountRows {
  /**
   * The rows as they were a second ago at most, and later than anything that was asked for here under this name.
   *
   * @param name as the rules' `identity` spells it.
   */
  lately(name: string, signal: AbortSignal): Promise<SeenRows>;
}

export interface SeenRows {
  rows: Deployment[];
  /** Whether they were asked for by another call, a moment before. */
  areShared: boolean;
}

interface Look {
  begunMs: number;
  arrivedMs?: number;
  rows: Promise<Deployment[]>;
  /** Names that somebody is about to ask for since. */
  names: Set<string>;
}

/** @param areShared false where each creation is to look by itself. */
export function createAccountRows(
  http: HttpClient,
  areShared: boolean,
  now = (): number => performance.now(),
): AccountRows {
  let newest: Look | undefined;

  function begin(signal: AbortSignal): Look {
    const look: Look = { begunMs: now(), rows: listDeployments(http, signal), names: new Set() };
    look.rows.then(
      () => (look.arrivedMs = now()),
      () => (newest = newest === look ? undefined : newest),
    );
    return look;
  }

  function usable(name: string): Look | undefined {
    if (!areShared || newest === undefined || newest.names.has(name)) return undefined;
    const { arrivedMs, begunMs } = newest;
    const isNew = arrivedMs === undefined ? now() - begunMs <= patienceMs : now() - arrivedMs <= keptForMs;
    return isNew ? newest : undefined;
  }

  return {
    async lately(name, signal) {
      const shared = usable(name);
      newest = shared ?? begin(signal);
      newest.names.add(name);
      if (shared === undefined) return { rows: await newest.rows, areShared: false };
      try {
        return { rows: await shared.rows, areShared: true };
      } catch {
        // Another's call may have ended with the look that it began.
        return { rows: await listDeployments(http, signal), areShared: false };
      }
    },
  };
}
