/**
 * The door through which Pulumi's dynamic provider host calls the core. The module's path and the
 * exported names stand in users' states: never rename them.
 */
import { watchEngine } from "../../host/engine-watch";
import { resources } from "../../host/resources";
import { keepWebAssemblyBaseline } from "../../host/web-assembly";
import { installCallHook } from "./call-hook";
import { createDynamicProvider } from "./dynamic-provider";

installCallHook();
keepWebAssemblyBaseline();
watchEngine();

export const modelDeployment = createDynamicProvider(resources.modelDeployment);
export const liveDeployment = createDynamicProvider(resources.liveDeployment);
export const readiness = createDynamicProvider(resources.readiness);
