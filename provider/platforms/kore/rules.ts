/** What Kore accepts, and what a change does. */
import { problemsOfBounds } from "../../inputs/bounds";
import { problemsOf } from "../../inputs/schema-check";
import { isUnknown } from "../../inputs/unknown";
import { knownFootprint } from "../../cost/footprint";
import type { ChangeEffect, Findings, InputRules, Problem } from "../../platform";
import { isRecord } from "../../resources/resource-kind";
import type { KoreInputs } from "./inputs";
import { koreBlock } from "./schema";

export const rules: InputRules<KoreInputs> = {
  check,
  // Kore documents no default; the one below is this package's own.
  canonical: (inputs) => ({ ...inputs, isDeployedPreviously: inputs.isDeployedPreviously ?? true }),
  effectOf,
  identity: ({ modelId }) => modelId,
  wantsRunning: () => true,
  // The machine is no kind of GPU, and Kore documents no default for the bounds.
  footprint: ({ scalingParameters }) =>
    isRecord(scalingParameters)
      ? knownFootprint({
          minimumReplicas: scalingParameters.minReplicas,
          maximumReplicas: scalingParameters.maxReplicas,
        })
      : {},
  driftClassOf: (path) => (path.startsWith("scalingParameters.") ? "scale-bounds" : undefined),
};

function check(inputs: unknown): Findings {
  const bounds = { within: "scalingParameters", minimum: "minReplicas", maximum: "maxReplicas" };
  return {
    problems: [...problemsOf(koreBlock, inputs), ...problemsOfBounds(inputs, bounds)],
    warnings: isRecord(inputs) ? [...doubtfulOptimization(inputs), ...firstDeployment(inputs)] : [],
  };
}

/** Inferred from the pages of the console; the API's pages say nothing of these combinations. */
function doubtfulOptimization({ optimizationInfo, modelType }: Record<string, unknown>): Problem[] {
  if (!isRecord(optimizationInfo)) return [];
  const { optimizationType: type = "", quantizationType: quantization = "" } = optimizationInfo;
  if (isUnknown(type) || isUnknown(quantization)) return [];
  const warnings: Problem[] = [];
  if (type !== "" && modelType === "fineTune") {
    const message = "is offered by Kore's console for its open-source models only, not for fineTune";
    warnings.push({ path: "optimizationInfo.optimizationType", message });
  }
  if (quantization === "int8_float16" && type !== "ctranslate2") {
    const message = '"int8_float16" is documented together with optimizationType "ctranslate2" only';
    warnings.push({ path: "optimizationInfo.quantizationType", message });
  }
  return warnings;
}

function firstDeployment({ isDeployedPreviously }: Record<string, unknown>): Problem[] {
  if (isDeployedPreviously !== false) return [];
  const message = "Kore documents that the first deployment of a model is made in its console, and later ones by API";
  return [{ path: "isDeployedPreviously", message }];
}

function effectOf(path: string): ChangeEffect {
  if (path === "modelId" || path === "modelType") return "replace";
  return path === "endpoint" || path === "isDeployedPreviously" ? "state-only" : "update";
}
