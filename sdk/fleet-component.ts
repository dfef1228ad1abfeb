import * as pulumi from "@pulumi/pulumi";
import type { DeploymentStatus } from "../provider/resources/outputs";
import type { DeploymentResource } from "./deployment-resource";
import type { LiveDeploymentArgs } from "./live-deployment";
import type { ModelDeploymentArgs } from "./model-deployment";
import type { ReadinessArgs, ReadinessResource } from "./readiness-resource";

/** Arguments of `Fleet`. No name may be in both. */
export interface FleetArgs {
  /** Arguments of a `ModelDeployment` for each name. What they say of `waitForReady` has no effect. */
  models?: { [name: string]: ModelDeploymentArgs };
  /** Arguments of a `LiveDeployment` for each name. */
  live?: { [name: string]: LiveDeploymentArgs };
  /**
   * How long to wait for all: `45m`.
   *
   * @default the longest time that one of the platforms is given for a deployment
   */
  timeout?: string;
}

type Constructor<Args, Resource> = new (name: string, args: Args, options: pulumi.CustomResourceOptions) => Resource;

/** The classes of one form. */
interface Form {
  ModelDeployment: Constructor<ModelDeploymentArgs, DeploymentResource>;
  LiveDeployment: Constructor<LiveDeploymentArgs, DeploymentResource>;
  Readiness: Constructor<ReadinessArgs, ReadinessResource>;
}

/** What a fleet gives to the rest of the stack. */
export abstract class FleetComponent extends pulumi.ComponentResource {
  /** The deployments, by their names in the fleet. */
  readonly deployments: { [name: string]: DeploymentResource };
  /** Where requests are sent, by name; without those whose platform does not tell. */
  readonly endpoints: pulumi.Output<{ [name: string]: string }>;
  /** Where each deployment stood when it was last looked at, by name. */
  readonly statuses: pulumi.Output<{ [name: string]: DeploymentStatus }>;
  /** Whether all were as the program wants them. */
  readonly ready: pulumi.Output<boolean>;

  protected constructor(
    form: Form,
    name: string,
    { models = {}, live = {}, timeout }: FleetArgs,
    options: pulumi.ComponentResourceOptions | undefined,
  ) {
    super("inference:fleet:Fleet", name, {}, options);
    const both = Object.keys(models).find((key) => key in live);
    if (both !== undefined) throw new Error(`Fleet ${name}: "${both}" is among \`models\` and among \`live\``);
    const child = { parent: this };
    const makeAll = <Args extends object>(
      all: { [key: string]: Args },
      make: Constructor<Args, DeploymentResource>,
    ): [string, DeploymentResource][] =>
      Object.entries(all).map(([key, args]) => [
        key,
        new make(`${name}-${key}`, { ...args, waitForReady: false }, child),
      ]);
    this.deployments = Object.fromEntries([
      ...makeAll(models, form.ModelDeployment),
      ...makeAll(live, form.LiveDeployment),
    ]);
    const customTimeouts = timeout === undefined ? {} : { create: timeout, update: timeout };
    const readiness = new form.Readiness(name, { deployments: this.deployments }, { ...child, customTimeouts });
    this.endpoints = readiness.endpoints;
    this.statuses = readiness.statuses;
    this.ready = readiness.ready;
    this.registerOutputs({ endpoints: this.endpoints, statuses: this.statuses, ready: this.ready });
  }
}
