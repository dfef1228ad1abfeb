import type { Platform } from "../../platform";
import type * as adapter from "./adapter";
import type { KoreInputs } from "./inputs";

export type {
  KoreDeviceType,
  KoreHyperParameters,
  KoreInputs,
  KoreModelType,
  KoreOptimizationInfo,
  KoreScalingParameters,
} from "./inputs";

/** Deployments of open-source and fine-tuned models: GALE, Agent Platform, AI for Process. */
export const kore: Platform<KoreInputs, "kore"> = {
  id: "kore",
  title: "Kore.ai",
  settings: [
    {
      key: "koreHost",
      environment: ["KORE_HOST"],
      secret: false,
      description: "The address of the Kore environment: https://gale.kore.ai. There is no default.",
    },
    {
      key: "koreApiKey",
      environment: ["KORE_API_KEY"],
      secret: true,
      description: "An API key whose app has the scopes Deploy Model and Undeploy Model.",
    },
    {
      key: "koreDialect",
      environment: ["KORE_DIALECT"],
      secret: false,
      default: "ai-for-process",
      description:
        "`ai-for-process`, or `gale` for hosts of the GALE generation, whose samples spell the flag isDeployedPreviouly.",
    },
  ],
  secretPaths: [],
  observed: {
    inputs: ["endpoint"],
    details: ["action", "dockStatusId", "status", "reason", "deployAnswerLost", "found"],
  },
  load: () => (require("./adapter") as typeof adapter).implementation,
};
