import type { InputsOf } from "../platform";
import { livePlatform } from "../platforms/registry";
import type { CommonInputs } from "./common-inputs";
import { kindOfOnePlatform } from "./resource-kind";

/** Inputs of a `LiveDeployment`. */
export interface LiveDeploymentInputs extends InputsOf<typeof livePlatform>, CommonInputs {}

const inputKeys = [
  "modelRid",
  "branch",
  "runtimeConfiguration",
  "enabled",
] as const satisfies readonly (keyof LiveDeploymentInputs)[];

export const liveDeployment = kindOfOnePlatform("LiveDeployment", livePlatform, inputKeys);
