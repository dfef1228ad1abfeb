/** What GPUs DeepInfra has, and what they cost. */
import { z } from "zod";
import { ProviderError } from "../errors";
import { integerAtLeast, text } from "../inputs/fields";
import { redactTexts } from "../lifecycle/state";
import type { GpuOffer } from "../platform";
import { connectTo } from "./function";
import type { ProviderFunction } from "./function";
import type { GetGpuAvailabilityArgs, GetGpuAvailabilityResult } from "./types";

export const getGpuAvailability: ProviderFunction<GetGpuAvailabilityArgs, GetGpuAvailabilityResult> = {
  description: "What GPUs DeepInfra has, and what an hour of one instance costs. What it calls available may not be.",
  inputs: z.strictObject({ gpu: text().optional(), numGpus: integerAtLeast(1).optional() }),
  async run({ gpu, numGpus }, call) {
    const { connection, lent } = connectTo("deepinfra", call);
    const { offers } = connection.adapter;
    if (offers === undefined) throw new ProviderError(`${connection.platform.title} does not tell what GPUs it has`);
    const fits = (offer: GpuOffer): boolean =>
      (gpu === undefined || offer.gpu === gpu) && (numGpus === undefined || offer.numGpus === numGpus);
    return { gpus: redactTexts((await offers(lent)).filter(fits), connection.redactor) };
  },
};
