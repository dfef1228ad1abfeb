import type { Platform } from "../../platform";
import type * as adapter from "./adapter";
import type { DeepInfraInputs } from "./inputs";

export type {
  DeepInfraGpu,
  DeepInfraInputs,
  DeepInfraKnownGpu,
  DeepInfraScaleSettings,
  DeepInfraWeights,
} from "./inputs";

/** Custom LLMs on dedicated GPUs: https://api.deepinfra.com. */
export const deepinfra: Platform<DeepInfraInputs, "deepinfra"> = {
  id: "deepinfra",
  title: "DeepInfra",
  settings: [
    {
      key: "deepinfraApiKey",
      environment: ["DEEPINFRA_API_KEY", "DEEPINFRA_TOKEN"],
      secret: true,
      description: "The API key, from deepinfra.com/dash/api_keys.",
    },
    {
      key: "deepinfraUrl",
      environment: ["DEEPINFRA_URL"],
      secret: false,
      default: "https://api.deepinfra.com",
      description: "The API's address, where it is not DeepInfra's own.",
    },
  ],
  secretPaths: ["hf.token"],
  observed: { inputs: [], details: [] },
  load: () => (require("./adapter") as typeof adapter).implementation,
};
