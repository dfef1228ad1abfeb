/** What programs import. */
export { DeploymentResource } from "./deployment-resource";
export type { DeploymentReplicas, DeploymentStatus } from "./deployment-resource";
export { LiveDeployment } from "./live-deployment";
export type { LiveDeploymentArgs } from "./live-deployment";
export { ModelDeployment } from "./model-deployment";
export type { ModelDeploymentArgs } from "./model-deployment";
export { Provider } from "./provider";
export type { ProviderArgs } from "./provider";
