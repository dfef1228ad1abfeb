/** What Foundry accepts, and what a change does. */
import { problemsOfBounds } from "../../inputs/bounds";
import { problemsOf } from "../../inputs/schema-check";
import { isUnknown } from "../../inputs/unknown";
import { knownFootprint } from "../../cost/footprint";
import type { Findings, Footprint, InputRules, Problem } from "../../platform";
import { isRecord } from "../../resources/resource-kind";
import { bytesOf, canonicalDuration, canonicalRuntime } from "./canonical";
import type { FoundryInputs, FoundryKnownGpuType } from "./inputs";
import { foundryBlock } from "./schema";

export const rules: InputRules<FoundryInputs> = {
  check,
  canonical: ({ modelRid, branch, runtimeConfiguration, enabled = true }) => ({
    modelRid,
    branch,
    runtimeConfiguration: canonicalRuntime(runtimeConfiguration),
    enabled,
  }),
  effectOf: (path) => (path === "modelRid" || path === "branch" ? "replace" : "update"),
  identity: ({ modelRid, branch }) => JSON.stringify([modelRid, branch]),
  ownedMaps: ["runtimeConfiguration.environmentVariables"],
  wantsRunning: ({ enabled }) => enabled !== false,
  footprint,
  driftClassOf,
};

/** What is disabled has no replicas, and costs nothing (documented). */
function footprint({ runtimeConfiguration, enabled }: FoundryInputs): Footprint {
  if (enabled === false) return { minimumReplicas: 0, maximumReplicas: 0 };
  const runtime: unknown = runtimeConfiguration;
  if (!isRecord(runtime)) return {};
  const gpu = isRecord(runtime["gpu"]) ? runtime["gpu"] : {};
  return knownFootprint({
    minimumReplicas: runtime["minReplicas"],
    maximumReplicas: runtime["maxReplicas"],
    gpu: gpu["type"],
    gpusPerReplica: runtime["gpu"] === undefined ? 0 : gpu["count"],
  });
}

const scaleBounds = ["runtimeConfiguration.minReplicas", "runtimeConfiguration.maxReplicas"];

function driftClassOf(path: string): "scale-bounds" | "health" | undefined {
  if (path === "enabled") return "health";
  return scaleBounds.includes(path) ? "scale-bounds" : undefined;
}

function check(inputs: unknown): Findings {
  const bounds = { within: "runtimeConfiguration", minimum: "minReplicas", maximum: "maxReplicas" };
  return {
    problems: [...problemsOf(foundryBlock, inputs), ...problemsOfBounds(inputs, bounds)],
    warnings: isRecord(inputs) ? [...doubtfulModel(inputs), ...doubtfulRuntime(inputs["runtimeConfiguration"])] : [],
  };
}

/** All documented examples begin so. */
const modelRidPrefix = "ri.models.main.model.";

function doubtfulModel({ modelRid }: Record<string, unknown>): Problem[] {
  const isPlausible = typeof modelRid !== "string" || isUnknown(modelRid) || modelRid.startsWith(modelRidPrefix);
  if (isPlausible || modelRid === "") return [];
  return [{ path: "modelRid", message: `does not look like the RID of a model (${modelRidPrefix}…); sent as it is` }];
}

function doubtfulRuntime(runtime: unknown): Problem[] {
  if (!isRecord(runtime)) return [];
  const warnings = [
    ...doubtfulReplicas(runtime),
    ...doubtfulMemory(runtime),
    ...doubtfulGpu(runtime["gpu"]),
    ...doubtfulScaling(runtime["scalingConfiguration"]),
  ];
  return warnings.map(({ path, message }) => ({ path: `runtimeConfiguration.${path}`, message }));
}

function doubtfulReplicas({ maxReplicas }: Record<string, unknown>): Problem[] {
  return maxReplicas === 0 ? [{ path: "maxReplicas", message: "0 leaves no replica that could serve" }] : [];
}

/** The documents show this spelling and no grammar. */
function doubtfulMemory({ memory }: Record<string, unknown>): Problem[] {
  if (typeof memory !== "string" || memory === "" || isUnknown(memory) || bytesOf(memory) !== undefined) return [];
  return [{ path: "memory", message: `"${memory}" is not spelt like "256MiB" or "1GiB"; sent as it is` }];
}

const knownGpuTypes: Record<FoundryKnownGpuType, true> = {
  A100: true,
  A10G: true,
  A16: true,
  B200: true,
  B300: true,
  H100: true,
  H200: true,
  L4: true,
  L40S: true,
  T4: true,
  V100: true,
};

function doubtfulGpu(gpu: unknown): Problem[] {
  const type = isRecord(gpu) ? gpu["type"] : undefined;
  if (typeof type !== "string" || type === "" || isUnknown(type) || Object.hasOwn(knownGpuTypes, type)) return [];
  const known = Object.keys(knownGpuTypes).join(", ");
  return [
    { path: "gpu.type", message: `"${type}" is not among the types that Foundry documents (${known}); sent as it is` },
  ];
}

/**
 * Rules of compute modules, on which direct deployments are built: the threshold for scaling up is
 * not below the one for scaling down (0.75 by default, and no field of this API), and the delay of
 * scaling up is not above the other one. Whether this API enforces them is not documented.
 */
function doubtfulScaling(scaling: unknown): Problem[] {
  if (!isRecord(scaling)) return [];
  const { scaleUpLoadThreshold: threshold, scaleUpDelay, scaleDownDelay } = scaling;
  const warnings: Problem[] = [];
  if (typeof threshold === "number" && threshold >= 0 && threshold < 0.75) {
    const message =
      "is below 0.75, the threshold for scaling down, which this API cannot change; Foundry may refuse it";
    warnings.push({ path: "scalingConfiguration.scaleUpLoadThreshold", message });
  }
  if (isLonger(scaleUpDelay, scaleDownDelay)) {
    const message = "is longer than scaleDownDelay; Foundry may refuse it";
    warnings.push({ path: "scalingConfiguration.scaleUpDelay", message });
  }
  return warnings;
}

/** False for spans that cannot be compared, months with days say. */
function isLonger(one: unknown, other: unknown): boolean {
  const [a, b] = [canonicalDuration(one), canonicalDuration(other)];
  if (!isRecord(a) || !isRecord(b) || a["unit"] !== b["unit"]) return false;
  return Number(a["value"]) > Number(b["value"]);
}
