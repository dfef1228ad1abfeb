/** The simulated Palantir Foundry. */
import type { SimulatedPlatform } from "../../platform";
import { createDeployments } from "./deployments";
import { faultBody } from "./errors";
import { type FoundryOptions, options } from "./options";
import { actOnFoundry } from "./outside";
import { foundryRoutes } from "./routes";
import { createTokens } from "./tokens";

export const foundry: SimulatedPlatform<"foundry", FoundryOptions> = {
  id: "foundry",
  title: "Palantir Foundry",
  options,
  owns: (path) => /^\/(api\/v2|multipass|foundry-ml-live)(\/|$)/.test(path),
  environment: (url, { foundryToken }) => ({ FOUNDRY_HOSTNAME: url, FOUNDRY_TOKEN: foundryToken }),
  secretFields: ["runtimeConfiguration.environmentVariables", "client_secret"],
  errorBody: faultBody,
  simulate(world) {
    const deployments = createDeployments(world);
    const tokens = createTokens(world);
    return {
      app: foundryRoutes(world, deployments, tokens),
      deployments: () => deployments.shown(),
      act: (change) => actOnFoundry(world, deployments, tokens, change),
    };
  },
};
