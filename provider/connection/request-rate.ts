/** How many requests an account gets in a second: a setting that all platforms have. */
import { ConfigurationError } from "../errors";
import type { Setting, Settings } from "./settings";

/**
 * Foundry, the only platform that documents a limit of its control calls, allows a user 5,000 a
 * minute, which is 83 a second; others of that user want a part of it.
 */
const usualRequestsPerSecond = 50;

export const requestsPerSecondSetting: Setting = {
  key: "requestsPerSecond",
  environment: ["PULUMI_INFERENCE_REQUESTS_PER_SECOND"],
  secret: false,
  description: "The most requests that leave for an account in a second: 50, or 100 on DeepInfra and OpenSearch",
};

/**
 * @param ofPlatform what the platform's account gets where nothing is set.
 * @throws ConfigurationError for anything but a number above 0.
 */
export function requestsPerSecond(settings: Settings, ofPlatform = usualRequestsPerSecond): number {
  const found = settings.find(requestsPerSecondSetting.key);
  if (found === undefined) return ofPlatform;
  const rate = Number(found.value);
  if (Number.isFinite(rate) && rate > 0) return rate;
  throw new ConfigurationError(`requestsPerSecond must be a number above 0, such as 10 or 0.5; see ${found.origin}`);
}
