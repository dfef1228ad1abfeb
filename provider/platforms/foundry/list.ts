/** The live deployments of models. Foundry has no list of all that an enrollment has. */
import type { HttpClient } from "../../http/request";
import type { Call, Listing } from "../../platform";
import { isRecord } from "../../resources/resource-kind";
import { listDeployments } from "./api";
import type { LiveDeployment } from "./schema";
import { toListing } from "./status";

export async function list(http: HttpClient, models: readonly string[], call: Call): Promise<Listing[]> {
  const listings: Listing[] = [];
  for (const modelRid of new Set(models)) {
    const found = await listDeployments(http, { modelRid }, call.signal);
    listings.push(...found.map(withHardware));
  }
  return listings;
}

function withHardware(deployment: LiveDeployment): Listing {
  const hardware = hardwareOf(deployment);
  return { ...toListing(deployment), ...(hardware === undefined ? {} : { hardware }) };
}

function hardwareOf({ runtimeConfiguration }: LiveDeployment): string | undefined {
  const { gpu, cpu, minReplicas, maxReplicas } = runtimeConfiguration ?? {};
  const parts: string[] = [];
  if (isRecord(gpu) && typeof gpu["count"] === "number") {
    parts.push(`${gpu["count"]} × ${typeof gpu["type"] === "string" ? gpu["type"] : "GPU"}`);
  } else if (typeof cpu === "number") parts.push(`${cpu} CPU`);
  if (typeof minReplicas === "number" && typeof maxReplicas === "number") {
    parts.push(replicas(minReplicas, maxReplicas));
  }
  return parts.length === 0 ? undefined : parts.join(", ");
}

function replicas(minimum: number, maximum: number): string {
  if (minimum !== maximum) return `${minimum} to ${maximum} replicas`;
  return maximum === 1 ? "1 replica" : `${maximum} replicas`;
}
