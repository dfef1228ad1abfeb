import type { InputsOf } from "../platform";
import { modelPlatforms } from "../platforms/registry";
import type { CommonInputs } from "./common-inputs";
import { kindWithBlocks } from "./resource-kind";

/** One block for each platform, named by the platform's id. */
export type ModelPlatformBlocks = {
  [Id in keyof typeof modelPlatforms]?: InputsOf<(typeof modelPlatforms)[Id]>;
};

/** Inputs of a `ModelDeployment`. Exactly one platform's block must be given. */
export interface ModelDeploymentInputs extends ModelPlatformBlocks, CommonInputs {}

export const modelDeployment = kindWithBlocks("ModelDeployment", Object.values(modelPlatforms));
