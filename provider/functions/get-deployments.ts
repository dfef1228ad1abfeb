/** The deployments of an account. */
import { z } from "zod";
import { ProviderError } from "../errors";
import { oneOf, text } from "../inputs/fields";
import { formatIdentifier } from "../lifecycle/identifier";
import type { Listing, Phase, Replicas } from "../platform";
import { livePlatform } from "../platforms/registry";
import { connectTo, platformIds } from "./function";
import type { ProviderFunction } from "./function";

export interface DeploymentsInputs {
  platform: string;
  /** RIDs of models: Palantir Foundry lists the deployments of one model at a time. */
  models?: string[] | undefined;
}

export interface ListedDeployment {
  /** `<platform>/<the platform's own id>`. */
  id: string;
  deploymentId: string;
  name: string;
  status: Phase;
  platformStatus: string;
  /** ISO 8601. */
  createdAt?: string;
  replicas?: Replicas;
  hardware?: string;
  /** US dollars for an hour of what runs now. */
  usdPerHour?: number;
}

export interface Deployments {
  deployments: ListedDeployment[];
}

export const getDeployments: ProviderFunction<DeploymentsInputs, Deployments> = {
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
