/**
 * The door through which Pulumi's dynamic provider host calls the core. The module's path and the
 * two exported names stand in users' states: never rename them.
 */
import { watchEngine } from "../../host/engine-watch";
import { liveDeployment as liveDeploymentKind } from "../../provider/resources/live-deployment";
import { modelDeployment as modelDeploymentKind } from "../../provider/resources/model-deployment";
import { installCallHook } from "./call-hook";
import { createDynamicProvider } from "./dynamic-provider";

installCallHook();
watchEngine();

export const modelDeployment = createDynamicProvider(modelDeploymentKind);
export const liveDeployment = createDynamicProvider(liveDeploymentKind);
