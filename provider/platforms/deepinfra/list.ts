/** All deployments of the account, with what they run on and what that costs. */
import type { HttpClient } from "../../http/request";
import type { Call, Listing } from "../../platform";
import { listDeployments, listPrices } from "./api";
import type { Deployment, Price } from "./schema";
import { phaseOf, replicasOf, toListing } from "./status";

export async function list(http: HttpClient, call: Call): Promise<Listing[]> {
  const rows = (await listDeployments(http, call.signal))
    .filter(rentsGpus)
    .filter(({ status }) => phaseOf(status) !== "gone");
  const prices = rows.length === 0 ? [] : await pricesOrNone(http, call);
  return rows.map((row) => withCosts(row, prices));
}

/**
 * Old accounts have rows of serverless references, which rent nothing and look like deployments: of
 * type `legacy`, or without a type and a GPU (both measured).
 */
function rentsGpus({ type, config }: Deployment): boolean {
  return type === "llm" || ((type ?? "") === "" && Boolean(config?.gpu));
}

/** A price that cannot be had must not hide what is charged by it. */
function pricesOrNone(http: HttpClient, call: Call): Promise<Price[]> {
  return listPrices(http, call.signal).catch(() => []);
}

function withCosts(row: Deployment, prices: readonly Price[]): Listing {
  const [hardware, usdPerHour] = [hardwareOf(row), priceOf(row, prices)];
  return {
    ...toListing(row),
    ...(hardware === undefined ? {} : { hardware }),
    ...(usdPerHour === undefined ? {} : { usdPerHour }),
  };
}

function hardwareOf({ config, settings }: Deployment): string | undefined {
  if (!config?.gpu) return undefined;
  const { min_instances: minimum, max_instances: maximum } = settings ?? {};
  const bounds = typeof minimum === "number" && typeof maximum === "number" ? `, ${instances(minimum, maximum)}` : "";
  return `${config.num_gpus ?? 1} × ${config.gpu}${bounds}`;
}

function instances(minimum: number, maximum: number): string {
  if (minimum !== maximum) return `${minimum} to ${maximum} instances`;
  return maximum === 1 ? "1 instance" : `${maximum} instances`;
}

/**
 * Billed is "what actually runs" (documented), and whether loading counts is not known: instances
 * that are on their way are counted, too, so that a deployment that starts does not look free.
 */
function priceOf(row: Deployment, prices: readonly Price[]): number | undefined {
  const count = instanceCount(row);
  if (count === 0) return 0;
  const { gpu, num_gpus } = row.config ?? {};
  const price = prices.find(({ gpu_config }) => gpu_config === `${num_gpus ?? 1}x${gpu}`)?.usd_per_hour;
  return typeof price === "number" && count !== undefined ? Number((price * count).toFixed(4)) : undefined;
}

function instanceCount(row: Deployment): number | undefined {
  if (["stopped", "failed"].includes(phaseOf(row.status))) return 0;
  const { running, pending } = replicasOf(row) ?? {};
  if (running !== undefined || pending !== undefined) return (running ?? 0) + (pending ?? 0);
  return row.settings?.min_instances ?? undefined;
}
