import * as pulumi from "@pulumi/pulumi";
import type { ReadinessDeployment } from "../provider/readiness/inputs";
import type { DeploymentStatus } from "../provider/resources/outputs";
import type { Arguments } from "./deep-input";
import type { DeploymentResource } from "./deployment-resource";
import { declaredName, observedForm } from "./observed-form";
import type { ResourceForm } from "./resource-form";
import { withholdStacks } from "./withheld-stacks";

/** A deployment of the program, or what is known of one that is made elsewhere. */
export type ReadinessMember = DeploymentResource | Arguments<ReadinessDeployment>;

/** Arguments of `Readiness`. */
export interface ReadinessArgs {
  /** The deployments to wait for: as a list they have their resources' names, as an object those that it gives. */
  deployments: readonly DeploymentResource[] | { [name: string]: ReadinessMember };
}

/** What a wait for many deployments gives to the rest of the stack. */
export abstract class ReadinessResource extends pulumi.CustomResource {
  /** Where requests are sent, by the deployments' names; without those whose platform does not tell. */
  declare readonly endpoints: pulumi.Output<{ [name: string]: string }>;
  /** Where each deployment stood when it was last looked at, by name. */
  declare readonly statuses: pulumi.Output<{ [name: string]: DeploymentStatus }>;
  /** Whether all were as the program wants them: ready, or stopped where they are disabled. */
  declare readonly ready: pulumi.Output<boolean>;

  protected constructor(
    { type, hidden, options: ofForm }: ResourceForm,
    name: string,
    args: ReadinessArgs,
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    const outputs = { endpoints: undefined, statuses: undefined, ready: undefined };
    const release = withholdStacks();
    try {
      const deployments = wireForm(name, args.deployments);
      super(type, name, { ...outputs, deployments, ...hidden }, pulumi.mergeOptions(options, ofForm));
    } catch (error) {
      release(error);
      throw error;
    }
    release();
  }
}

function wireForm(readiness: string, deployments: ReadinessArgs["deployments"]): Record<string, unknown> {
  const members = isList(deployments) ? byName(readiness, deployments) : deployments;
  const entries = Object.entries(members).map(([name, member]) => [name, formOf(member)] as const);
  return Object.fromEntries(entries);
}

function isList(deployments: ReadinessArgs["deployments"]): deployments is readonly DeploymentResource[] {
  return Array.isArray(deployments);
}

function formOf(member: ReadinessMember): Arguments<ReadinessDeployment> {
  return declaredName(member) === undefined ? member : observedForm(member as DeploymentResource);
}

function byName(readiness: string, list: readonly DeploymentResource[]): Record<string, DeploymentResource> {
  const members: Record<string, DeploymentResource> = {};
  list.forEach((deployment, index) => {
    const name = declaredName(deployment);
    if (name === undefined) {
      throw new Error(`Readiness ${readiness}: deployments[${index}] must be a ModelDeployment or a LiveDeployment`);
    }
    if (name in members) {
      throw new Error(`Readiness ${readiness}: two deployments are named "${name}"; give an object with other names`);
    }
    members[name] = deployment;
  });
  return members;
}
