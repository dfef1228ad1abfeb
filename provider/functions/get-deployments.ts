/** The deployments of an account. */
import { z } from "zod";
import { ProviderError } from "../errors";
import { oneOf, text } from "../inputs/fields";
import { formatIdentifier } from "../lifecycle/identifier";
import type { Listing } from "../platform";
import { livePlatform } from "../platforms/registry";
import { connectTo, platformIds } from "./function";
import type { ProviderFunction } from "./function";
import type { GetDeploymentsArgs, GetDeploymentsResult, ListedDeployment } from "./types";

export const getDeployments: ProviderFunction<GetDeploymentsArgs, GetDeploymentsResult> = {
  description: "The deployments of an account that are not gone, whoever made them. Kore.ai cannot list them.",
  inputs: z.strictObject({ platform: oneOf(platformIds), models: z.array(text()).optional() }),
  async run({ platform: name, models = [] }, call) {
    const { connection, lent } = connectTo(name, call);
    const { adapter, platform, implementation } = connection;
    if (adapter.list === undefined) {
      throw new ProviderError(
        `${platform.title} cannot list deployments: ${implementation.notListed ?? "it has no such call"}`,
      );
    }
    if (platform.id === livePlatform.id && models.length === 0) {
      throw new ProviderError(`${platform.title} lists the deployments of one model at a time: give \`models\``);
    }
    const listings = await adapter.list(models, lent);
    return { deployments: listings.map((listing) => deploymentFrom(platform.id, listing)) };
  },
};

function deploymentFrom(platform: string, listing: Listing): ListedDeployment {
  const { reference, phase, createdAt, ...others } = listing;
  const { deploymentId } = reference;
  return {
    id: formatIdentifier(platform, deploymentId),
    deploymentId,
    status: phase,
    ...(createdAt === undefined ? {} : { createdAt: createdAt.toISOString() }),
    ...others,
  };
}
