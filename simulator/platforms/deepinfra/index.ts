/** The simulated DeepInfra. */
import type { SimulatedPlatform } from "../../platform";
import type { Deployment } from "./deployment";
import { createDeployments } from "./deployments";
import { type DeepinfraOptions, options } from "./options";
import { actOnDeployment } from "./outside";
import { deepinfraRoutes } from "./routes";

export const deepinfra: SimulatedPlatform<"deepinfra", DeepinfraOptions> = {
  id: "deepinfra",
  title: "DeepInfra",
  options,
  owns: (path) => /^\/(deploy|v1|lora-model|models)(\/|$)/.test(path),
  environment: (url, { deepinfraApiKey }) => ({ DEEPINFRA_URL: url, DEEPINFRA_API_KEY: deepinfraApiKey }),
  secretFields: ["hf.token", "hf_token"],
  errorBody: (_status, message) => ({ error: message }),
  simulate(world, saved) {
    const deployments = createDeployments(world, saved as Deployment[] | undefined);
    return {
      app: deepinfraRoutes(world, deployments),
      deployments: () => deployments.shown(),
      act: (change) => actOnDeployment(world, deployments, change),
      save: () => deployments.all(),
    };
  },
};
