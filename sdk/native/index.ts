/** What programs import that use the native plugin, `pulumi-resource-inference`. */
export { LiveDeployment } from "./live-deployment";
export { ModelDeployment } from "./model-deployment";
export { Provider } from "./provider";
export { DeploymentResource } from "../deployment-resource";
export type { DeploymentReplicas, DeploymentStatus } from "../deployment-resource";
export type { LiveDeploymentArgs } from "../live-deployment";
export type { ModelDeploymentArgs } from "../model-deployment";
export type { ProviderArgs } from "../provider";
