/** What a program can ask the platforms, by the native plugin. */
import * as pulumi from "@pulumi/pulumi";
import type {
  GetDeploymentArgs,
  GetDeploymentResult,
  GetDeploymentsArgs,
  GetDeploymentsResult,
  GetGpuAvailabilityArgs,
  GetGpuAvailabilityResult,
  GetModelArgs,
  GetModelResult,
} from "../../provider/functions/types";
import { version } from "../../provider/version";
import type { Arguments } from "../deep-input";

/** Options of a function that gives an output. */
export interface OutputFunctionOptions extends pulumi.InvokeOptions {
  /** Resources that must be there before the platform is asked. From Pulumi 3.143 on. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** What GPUs DeepInfra has, and what an hour of one instance costs. What it calls available may not be. */
export function getGpuAvailability(
  args: GetGpuAvailabilityArgs = {},
  options?: pulumi.InvokeOptions,
): Promise<GetGpuAvailabilityResult> {
  return invoke("getGpuAvailability", args, options);
}

/** `getGpuAvailability`, for arguments that may be outputs. */
export function getGpuAvailabilityOutput(
  args: Arguments<GetGpuAvailabilityArgs> = {},
  options?: OutputFunctionOptions,
): pulumi.Output<GetGpuAvailabilityResult> {
  return invokeOutput("getGpuAvailability", args, options);
}

/** What a platform tells of one deployment, whoever made it. Of Kore.ai's it tells nothing. */
export function getDeployment(args: GetDeploymentArgs, options?: pulumi.InvokeOptions): Promise<GetDeploymentResult> {
  return invoke("getDeployment", args, options);
}

/** `getDeployment`, for arguments that may be outputs. */
export function getDeploymentOutput(
  args: Arguments<GetDeploymentArgs>,
  options?: OutputFunctionOptions,
): pulumi.Output<GetDeploymentResult> {
  return invokeOutput("getDeployment", args, options);
}

/** The deployments of an account that are not gone, whoever made them. Kore.ai cannot list them. */
export function getDeployments(
  args: GetDeploymentsArgs,
  options?: pulumi.InvokeOptions,
): Promise<GetDeploymentsResult> {
  return invoke("getDeployments", args, options);
}

/** `getDeployments`, for arguments that may be outputs. */
export function getDeploymentsOutput(
  args: Arguments<GetDeploymentsArgs>,
  options?: OutputFunctionOptions,
): pulumi.Output<GetDeploymentsResult> {
  return invokeOutput("getDeployments", args, options);
}

/** A model that a platform has, deployed or not. Palantir Foundry tells no more than that it is there. */
export function getModel(args: GetModelArgs, options?: pulumi.InvokeOptions): Promise<GetModelResult> {
  return invoke("getModel", args, options);
}

/** `getModel`, for arguments that may be outputs. */
export function getModelOutput(
  args: Arguments<GetModelArgs>,
  options?: OutputFunctionOptions,
): pulumi.Output<GetModelResult> {
  return invokeOutput("getModel", args, options);
}

function invoke<Result>(name: string, args: object, options: pulumi.InvokeOptions = {}): Promise<Result> {
  return pulumi.runtime.invoke(tokenOf(name), { ...args }, { version, ...options }) as Promise<Result>;
}

function invokeOutput<Result>(name: string, args: object, options: OutputFunctionOptions = {}): pulumi.Output<Result> {
  return pulumi.runtime.invokeOutput<Result>(tokenOf(name), { ...args }, { version, ...options });
}

function tokenOf(name: string): string {
  return `inference:index:${name}`;
}
