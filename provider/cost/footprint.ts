/** What a deployment takes of hardware. Pure. */
import { isUnknown } from "../inputs/unknown";
import type { Footprint } from "../platform";

/** What of the values is there and known: at preview, a value may stand for one that comes later. */
export function knownFootprint(values: { [Key in keyof Footprint]?: unknown }): Footprint {
  const isKnown = (key: string, value: unknown): boolean =>
    key === "gpu" ? typeof value === "string" && !isUnknown(value) : typeof value === "number";
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => isKnown(key, value)));
}

/** GPUs with as many replicas as load may scale up to; undefined where that is not known. */
export function mostGpus({ maximumReplicas, gpusPerReplica }: Footprint): number | undefined {
  return maximumReplicas === undefined || gpusPerReplica === undefined ? undefined : maximumReplicas * gpusPerReplica;
}

/** `2 × H100-80GB, 1 to 4 replicas`; undefined where nothing is known. */
export function footprintText(footprint: Footprint): string | undefined {
  const { minimumReplicas: minimum, maximumReplicas: maximum, gpu, gpusPerReplica } = footprint;
  const hardware =
    gpusPerReplica === undefined || gpusPerReplica === 0 ? undefined : `${gpusPerReplica} × ${gpu ?? "any GPU"}`;
  const bounds = minimum === maximum ? `${minimum}` : `${minimum ?? "?"} to ${maximum ?? "?"}`;
  const replicas =
    minimum === undefined && maximum === undefined ? undefined : `${bounds} ${bounds === "1" ? "replica" : "replicas"}`;
  const parts = [hardware, replicas].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}
