/** What an account tells of prices, stock and limits. */
import type { Connection } from "../connection/connection";
import { messageOf } from "../errors";
import type { Call, GpuOffer } from "../platform";

export interface Market {
  /** Absent where they are not told, or could not be read. */
  offers?: GpuOffer[];
  /** GPUs of each kind that the account may have; absent likewise. */
  limits?: Record<string, number>;
  /** Why the prices are not known. */
  notPriced?: string;
}

/** Resolves whatever the platform answers: that nothing is known of the costs is no failure. */
export async function readMarket({ adapter, implementation }: Connection, call: Call): Promise<Market> {
  const limits = await adapter.gpuLimits?.(call).catch(() => undefined);
  const told = limits === undefined ? {} : { limits };
  if (adapter.offers === undefined)
    return { ...told, notPriced: implementation.notPriced ?? "its API tells no prices" };
  try {
    return { ...told, offers: await adapter.offers(call) };
  } catch (error) {
    return { ...told, notPriced: `its prices could not be read: ${messageOf(error)}` };
  }
}
