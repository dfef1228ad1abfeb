/** What an hour of a deployment costs, as far as that can be known. Pure. */
import type { Footprint, GpuOffer } from "../platform";
import type { Market } from "./market";

/** US dollars for an hour. */
export interface HourlyCost {
  minimum: number;
  maximum: number;
}

export interface Estimate {
  /** At the minimum and at the maximum of replicas; absent where it cannot be known. */
  usdPerHour?: HourlyCost;
  /** Why it cannot be known. */
  unknown?: string;
  /** Whether the platform says that there are such GPUs: a hint. Absent where it does not tell. */
  available?: boolean;
}

export function estimate(footprint: Footprint, { offers, notPriced }: Market): Estimate {
  const { minimumReplicas: minimum, maximumReplicas: maximum, gpu, gpusPerReplica } = footprint;
  if (maximum === 0) return { usdPerHour: { minimum: 0, maximum: 0 } };
  if (offers === undefined) return { unknown: notPriced ?? "its prices are not known" };
  if (gpu === undefined || gpusPerReplica === undefined) return { unknown: "its GPUs are not known yet" };
  const offer = offers.find((one) => one.gpu === gpu && one.numGpus === gpusPerReplica);
  const stock = offer?.available === undefined ? {} : { available: offer.available };
  const price = priceOf(offer);
  if (price === undefined) return { ...stock, unknown: `no price is told of ${gpusPerReplica} × ${gpu}` };
  if (minimum === undefined || maximum === undefined) return { ...stock, unknown: "its replicas are not known yet" };
  return { ...stock, usdPerHour: { minimum: rounded(minimum * price), maximum: rounded(maximum * price) } };
}

/** Whether more is asked for than the account may have; a sentence, or undefined. */
export function limitWarning(
  title: string,
  gpu: string,
  gpus: number,
  { limits }: Market,
  documented: number | undefined,
): string | undefined {
  const limit = limits?.[gpu];
  if (limit !== undefined) {
    return gpus > limit ? `${title}: up to ${gpus} ${gpu} are asked for, and the account may have ${limit}` : undefined;
  }
  if (documented === undefined || gpus <= documented) return undefined;
  return `${title}: up to ${gpus} ${gpu} are asked for; ${documented} GPUs are documented as the limit of an account, whose own limit was not told`;
}

function priceOf(offer: GpuOffer | undefined): number | undefined {
  return offer?.usdPerHour !== undefined && Number.isFinite(offer.usdPerHour) ? offer.usdPerHour : undefined;
}

/** Prices have two decimals; sums of them are not to show more than four. */
export function rounded(amount: number): number {
  return Number(amount.toFixed(4));
}
