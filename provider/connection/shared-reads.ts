/** Whether one list may serve many deployments: a setting that all platforms have. */
import { ConfigurationError } from "../errors";
import type { Setting, Settings } from "./settings";

export const sharedReadsSetting: Setting = {
  key: "sharedReads",
  environment: ["PULUMI_INFERENCE_SHARED_READS"],
  secret: false,
  default: "true",
  description:
    "Whether reads, waits and creations of many deployments share one list; with false, each looks by itself",
};

/** @throws ConfigurationError for anything but `true` and `false`. */
export function sharesReads(settings: Settings): boolean {
  const { value, origin } = settings.find(sharedReadsSetting.key) ?? { value: "", origin: "nowhere" };
  if (value === "true" || value === "false") return value === "true";
  throw new ConfigurationError(`sharedReads must be true or false; see ${origin}`);
}
