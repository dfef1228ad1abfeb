/** The settings that all platforms have. */
import { requestsPerSecondSetting } from "./request-rate";
import type { Setting } from "./settings";
import { sharedReadsSetting } from "./shared-reads";

export const sharedSettings: readonly Setting[] = [requestsPerSecondSetting, sharedReadsSetting];
