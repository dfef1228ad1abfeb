/** What GPUs DeepInfra has, and what they cost. */
import { z } from "zod";
import { ProviderError } from "../errors";
import { integerAtLeast, text } from "../inputs/fields";
import type { GpuOffer } from "../platform";
import { connectTo } from "./function";
import type { ProviderFunction } from "./function";

export interface GpuAvailabilityInputs {
  /** Only this kind of GPU: `H100-80GB`. */
  gpu?: string | undefined;
  /** Only so many of them in an instance. */
  numGpus?: number | undefined;
}

export interface GpuAvailability {
  /** In the platform's order. */
  gpus: GpuOffer[];
}

export const getGpuAvailability: ProviderFunction<GpuAvailabilityInputs, GpuAvailability> = {
  description: "What GPUs DeepInfra has, and what an hour of one instance costs. What it calls available may not be.",
  inputs: z.strictObject({ gpu: text().optional(), numGpus: integerAtLeast(1).optional() }),
  async run({ gpu, numGpus }, call) {
    const { connection, lent } = connectTo("deepinfra", call);
    const { offers } = connection.adapter;
    if (offers === undefined) throw new ProviderError(`${connection.platform.title} does not tell what GPUs it has`);
    const fits = (offer: GpuOffer): boolean =>
      (gpu === undefined || offer.gpu === gpu) && (numGpus === undefined || offer.numGpus === numGpus);
    return { gpus: (await offers(lent)).filter(fits) };
  },
};
