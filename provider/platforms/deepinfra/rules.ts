/** What DeepInfra accepts, and what a change does. */
import { problemsOfBounds } from "../../inputs/bounds";
import { problemsOf } from "../../inputs/schema-check";
import { suggestion } from "../../inputs/suggestion";
import { isUnknown } from "../../inputs/unknown";
import { knownFootprint } from "../../cost/footprint";
import type { ChangeEffect, Findings, Footprint, InputRules, Problem } from "../../platform";
import { isRecord } from "../../resources/resource-kind";
import type { DeepInfraInputs, DeepInfraKnownGpu, DeepInfraScaleSettings } from "./inputs";
import { deepInfraBlock } from "./schema";

export const rules: InputRules<DeepInfraInputs> = {
  check,
  canonical,
  effectOf,
  identity: ({ modelName }) => nameWithoutAccount(modelName),
  wantsRunning: () => true,
  footprint,
  driftClassOf: (path) => (path === "settings" || path.startsWith("settings.") ? "scale-bounds" : undefined),
};

/** Both bounds, as they are always sent: the documented default of each is 1. */
export function scaleSettings({ settings }: DeepInfraInputs): Required<DeepInfraScaleSettings> {
  return { minInstances: settings?.minInstances ?? 1, maxInstances: settings?.maxInstances ?? 1 };
}

/** The platform puts the account's display name in front of a name that was given without it (measured). */
export function isSameName(full: string, given: string): boolean {
  return full === given || full.endsWith(`/${given}`);
}

/**
 * An account has one display name, and a name with any other prefix is refused (measured), so that
 * the rest identifies a deployment within an account.
 */
function nameWithoutAccount(modelName: string): string {
  return modelName.slice(modelName.lastIndexOf("/") + 1);
}

function check(inputs: unknown): Findings {
  const bounds = { within: "settings", minimum: "minInstances", maximum: "maxInstances", default: 1 };
  return {
    problems: [...problemsOf(deepInfraBlock, inputs), ...problemsOfBounds(inputs, bounds)],
    warnings: isRecord(inputs) ? [...doubtfulGpu(inputs), ...doubtfulWeights(inputs), ...doubtfulScale(inputs)] : [],
  };
}

const knownGpus: Record<DeepInfraKnownGpu, true> = {
  "L4-24GB": true,
  "L40S-48GB": true,
  "A100-80GB": true,
  "H100-80GB": true,
  "H200-141GB": true,
  "B200-180GB": true,
  "B300-270GB": true,
  "RTXPRO6000-96GB": true,
};

function doubtfulGpu({ gpu }: Record<string, unknown>): Problem[] {
  if (typeof gpu !== "string" || gpu === "" || isUnknown(gpu) || gpu in knownGpus) return [];
  const near = suggestion(gpu, Object.keys(knownGpus));
  return [{ path: "gpu", message: `is not among the GPUs that DeepInfra documents, and is sent as it is${near}` }];
}

/** That one of the two is needed is inferred: the documents require neither. */
function doubtfulWeights({ hf, baseModel }: Record<string, unknown>): Problem[] {
  if (hf !== undefined || baseModel !== undefined) return [];
  return [{ path: "hf", message: "neither hf nor baseModel is given, so that DeepInfra may not know what to deploy" }];
}

/** Seen in a third party's example only. */
function doubtfulScale({ settings }: Record<string, unknown>): Problem[] {
  if (!isRecord(settings) || settings["maxInstances"] !== 0) return [];
  return [{ path: "settings.maxInstances", message: "0 is not documented, and may keep the deployment from serving" }];
}

function canonical(inputs: DeepInfraInputs): Record<string, unknown> {
  const { modelName, settings, extraArgs } = inputs;
  return {
    ...inputs,
    modelName: typeof modelName === "string" ? nameWithoutAccount(modelName) : modelName,
    numGpus: inputs.numGpus ?? 1,
    maxBatchSize: inputs.maxBatchSize ?? 96,
    // A block that is not known yet is a text.
    settings: settings === undefined || isRecord(settings) ? scaleSettings(inputs) : settings,
    extraArgs: Array.isArray(extraArgs) && extraArgs.length === 0 ? undefined : extraArgs,
  };
}

function footprint(inputs: DeepInfraInputs): Footprint {
  const { gpu, numGpus, settings } = inputs;
  // A block that is not known yet is a text.
  const isKnown = settings === undefined || isRecord(settings);
  const bounds: DeepInfraScaleSettings = isKnown ? scaleSettings(inputs) : {};
  return knownFootprint({
    minimumReplicas: bounds.minInstances,
    maximumReplicas: bounds.maxInstances,
    gpu,
    gpusPerReplica: numGpus ?? 1,
  });
}

function effectOf(path: string): ChangeEffect {
  if (path === "settings" || path.startsWith("settings.")) return "update";
  return path === "hf.token" ? "state-only" : "replace";
}
