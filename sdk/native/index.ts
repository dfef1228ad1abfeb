/**
 * What programs import that use the native plugin, `pulumi-resource-inference`.
 *
 * @module pulumi-inference/native
 */
export {
  getDeployment,
  getDeploymentOutput,
  getDeployments,
  getDeploymentsOutput,
  getGpuAvailability,
  getGpuAvailabilityOutput,
  getModel,
  getModelOutput,
} from "./functions";
export type { OutputFunctionOptions } from "./functions";
export { Fleet } from "./fleet";
export { FleetComponent } from "../fleet-component";
export type { FleetArgs } from "../fleet-component";
export { LiveDeployment } from "./live-deployment";
export { ModelDeployment } from "./model-deployment";
export { Provider } from "./provider";
export { DeploymentResource } from "../deployment-resource";
export type { DeploymentReplicas, DeploymentStatus } from "../deployment-resource";
export type { LiveDeploymentArgs } from "../live-deployment";
export type { ModelDeploymentArgs } from "../model-deployment";
export type { ProviderArgs } from "../provider";
export { Readiness } from "./readiness";
export { ReadinessResource } from "../readiness-resource";
export type { ReadinessArgs, ReadinessMember } from "../readiness-resource";
export type { ReadinessDeployment } from "../../provider/readiness/inputs";
export type {
  DeploymentPlatform,
  GetDeploymentArgs,
  GetDeploymentResult,
  GetDeploymentsArgs,
  GetDeploymentsResult,
  GetGpuAvailabilityArgs,
  GetGpuAvailabilityResult,
  GetModelArgs,
  GetModelResult,
  ListedDeployment,
  ModelPlatform,
} from "../../provider/functions/types";
export type { GpuOffer } from "../../provider/platform";
