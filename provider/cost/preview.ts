/** What can be said of a deployment's costs while `pulumi preview` waits for it. */
import type { Connection } from "../connection/connection";
import { lendCall } from "../lifecycle/lent-call";
import type { Lender } from "../lifecycle/lent-call";
import type { Footprint } from "../platform";
import type { Block, Properties } from "../resources/resource-kind";
import { estimate, limitWarning, rounded } from "./estimate";
import type { Estimate } from "./estimate";
import { footprintText, mostGpus } from "./footprint";
import { aboveLimit } from "./limit";
import { readMarket } from "./market";
import type { Market } from "./market";
import { costText, formatMoney } from "./words";

/** Somebody waits for the preview, which is none the worse without prices. */
const patienceMs = 5_000;

/** One deployment that is to be made or changed. */
export interface PlannedCost {
  connection: Connection;
  /** The resource's inputs, and the platform's block of them. */
  inputs: Properties;
  block: Block;
  /** The block of the deployment that is changed, or that runs until this one is ready. */
  before: Block | undefined;
  /** The old and the new one run side by side. */
  overlaps: boolean;
}

/**
 * Asks the platform once for all previews of a process, and says nothing of a change that costs the same.
 *
 * @throws ProviderError when the price is known, and above `maxUsdPerHour`.
 */
export async function previewCost(call: Lender, planned: PlannedCost): Promise<void> {
  const { connection, inputs, block, before } = planned;
  const footprint = footprintOf(block);
  if (footprint === undefined) return;
  const old = before === undefined ? undefined : footprintOf(before);
  if (old !== undefined && !planned.overlaps && JSON.stringify(old) === JSON.stringify(footprint)) return;
  const market = await marketOf(connection, call);
  const cost = estimate(footprint, market);
  refuseAboveLimit(inputs, cost, connection);
  call.log.info(costLine(planned, footprint, cost, old && estimate(old, market)));
  warningsOf(connection, footprint, cost, market).forEach((warning) => call.log.warn(warning));
}

function footprintOf({ platform, inputs }: Block): Footprint | undefined {
  return platform.load().rules.footprint?.(inputs);
}

/** By adapter, which lives as long as an account's settings. */
const markets = new WeakMap<object, Promise<Market>>();

function marketOf(connection: Connection, call: Lender): Promise<Market> {
  const { adapter } = connection;
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patienceMs)]);
  const market = markets.get(adapter) ?? readMarket(connection, lendCall(call, connection, undefined, signal));
  markets.set(adapter, market);
  return market;
}

/** That it is not known refuses nothing yet: it may be known by the time that something is asked for. */
function refuseAboveLimit(
  { maxUsdPerHour: limit }: Properties,
  { usdPerHour }: Estimate,
  { platform }: Connection,
): void {
  if (typeof limit !== "number" || usdPerHour === undefined || usdPerHour.maximum <= limit) return;
  throw aboveLimit(platform.title, usdPerHour.maximum, limit);
}

function costLine({ connection, overlaps }: PlannedCost, footprint: Footprint, cost: Estimate, old?: Estimate): string {
  const { title } = connection.platform;
  const hardware = footprintText(footprint);
  const what = hardware === undefined ? title : `${title}, ${hardware}`;
  const now = priceText(cost);
  if (old === undefined) return `${what}: ${now}`;
  if (!overlaps) return `${what}: ${now}; before: ${priceText(old)}`;
  const both = [cost.usdPerHour, old.usdPerHour];
  const together = both.every((one) => one !== undefined)
    ? `, up to ${formatMoney(rounded(both.reduce((sum, one) => sum + one.maximum, 0)))} US dollars an hour together`
    : "";
  return `${what}: ${now}; the old and the new deployment run side by side until the new one is ready${together}`;
}

function priceText({ usdPerHour, unknown }: Estimate): string {
  if (usdPerHour === undefined) return `its price for an hour is unknown: ${unknown}`;
  return `${costText(usdPerHour)} US dollars an hour`;
}

function warningsOf(
  { platform, implementation }: Connection,
  footprint: Footprint,
  { available }: Estimate,
  market: Market,
): string[] {
  const { gpu } = footprint;
  const gpus = mostGpus(footprint);
  const limit = implementation.documentedGpuLimit;
  const isAbove =
    gpu === undefined || gpus === undefined ? undefined : limitWarning(platform.title, gpu, gpus, market, limit);
  const isShort =
    available === false
      ? `${platform.title} says that it has no such GPUs now; the deployment may fail or wait`
      : undefined;
  return [isShort, isAbove].filter((warning) => warning !== undefined);
}
