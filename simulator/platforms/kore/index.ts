/** The simulated Kore.ai. */
import type { SimulatedPlatform } from "../../platform";
import { errorBody } from "./answers";
import { createModels } from "./models";
import { type KoreOptions, options } from "./options";
import { actOnModel } from "./outside";
import { koreRoutes } from "./routes";

export const kore: SimulatedPlatform<"kore", KoreOptions> = {
  id: "kore",
  title: "Kore.ai",
  options,
  owns: (path) => /^\/api\/public(\/|$)/.test(path),
  environment: (url, { koreApiKey }) => ({ KORE_HOST: url, KORE_API_KEY: koreApiKey }),
  secretFields: [],
  errorBody: (status, message) => errorBody(status, message, "errors"),
  simulate(world) {
    const models = createModels(world);
    return {
      app: koreRoutes(world, models),
      deployments: () => models.shown(),
      act: (change) => actOnModel(models, change),
    };
  },
};
