/**
 * What programs import.
 *
 * @module pulumi-inference
 */
export { DeploymentResource } from "./deployment-resource";
export type { DeploymentReplicas, DeploymentStatus } from "./deployment-resource";
export { Fleet } from "./fleet";
export { FleetComponent } from "./fleet-component";
export type { FleetArgs } from "./fleet-component";
export { LiveDeployment } from "./live-deployment";
export type { LiveDeploymentArgs } from "./live-deployment";
export { ModelDeployment } from "./model-deployment";
export type { ModelDeploymentArgs } from "./model-deployment";
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider";
export { Readiness } from "./readiness";
export { ReadinessResource } from "./readiness-resource";
export type { ReadinessArgs, ReadinessMember } from "./readiness-resource";

// Inputs as plain types, and what turns them into arguments, for programs that pass parts of them on.
export type { Arguments, DeepInput } from "./deep-input";
export type { CommonInputs, OnCreateFailure } from "../provider/resources/common-inputs";
export type { ReadinessDeployment, ReadinessInputs } from "../provider/readiness/inputs";
export type { LiveDeploymentInputs } from "../provider/resources/live-deployment";
export type { ModelDeploymentInputs } from "../provider/resources/model-deployment";
export type {
  DeepInfraGpu,
  DeepInfraInputs,
  DeepInfraKnownGpu,
  DeepInfraScaleSettings,
  DeepInfraWeights,
} from "../provider/platforms/deepinfra";
export type {
  FoundryDuration,
  FoundryGpu,
  FoundryGpuType,
  FoundryInputs,
  FoundryKnownGpuType,
  FoundryRuntimeConfiguration,
  FoundryScalingConfiguration,
  FoundryTimeUnit,
} from "../provider/platforms/foundry";
export type {
  KoreDeviceType,
  KoreHyperParameters,
  KoreInputs,
  KoreModelType,
  KoreOptimizationInfo,
  KoreScalingParameters,
} from "../provider/platforms/kore";
export type { OpenSearchInputs } from "../provider/platforms/opensearch";
