import type { Platform } from "../../platform";
import type * as adapter from "./adapter";
import type { FoundryInputs } from "./inputs";

export type {
  FoundryDuration,
  FoundryGpu,
  FoundryGpuType,
  FoundryInputs,
  FoundryKnownGpuType,
  FoundryRuntimeConfiguration,
  FoundryScalingConfiguration,
  FoundryTimeUnit,
} from "./inputs";

/** Palantir Foundry. */
export const foundry: Platform<FoundryInputs, "foundry"> = {
  id: "foundry",
  title: "Palantir Foundry",
  settings: [
    {
      key: "foundryHostname",
      environment: ["FOUNDRY_HOSTNAME"],
      secret: false,
      description: "The address of the Foundry: `example.palantirfoundry.com`.",
    },
    {
      key: "foundryToken",
      environment: ["FOUNDRY_TOKEN"],
      secret: true,
      alternativeTo: ["foundryClientId", "foundryClientSecret"],
      description: "A user's token. Give either this or an OAuth client.",
    },
    {
      key: "foundryClientId",
      environment: ["FOUNDRY_CLIENT_ID"],
      secret: false,
      alternativeTo: ["foundryToken"],
      description: "The id of an OAuth client with the scopes `api:models-read` and `api:models-write`.",
    },
    {
      key: "foundryClientSecret",
      environment: ["FOUNDRY_CLIENT_SECRET"],
      secret: true,
      alternativeTo: ["foundryToken"],
      description: "The secret of the OAuth client.",
    },
  ],
  secretPaths: [],
  observed: { inputs: ["modelRid", "enabled"], details: [] },
  load: () => (require("./adapter") as typeof adapter).implementation,
};
