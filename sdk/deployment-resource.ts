import * as pulumi from "@pulumi/pulumi";
import { outputNames } from "../provider/resources/outputs";
import type { DeploymentReplicas, DeploymentStatus } from "../provider/resources/outputs";
import { rememberDeclared } from "./observed-form";
import type { ResourceForm } from "./resource-form";
import { withholdStacks } from "./withheld-stacks";

export type { DeploymentReplicas, DeploymentStatus };

/** What both resources give to the rest of the stack. */
export abstract class DeploymentResource extends pulumi.CustomResource {
  /** `deepinfra`, `kore`, `opensearch` or `foundry`. */
  declare readonly platform: pulumi.Output<string>;
  /** The platform's own id of the deployment. The resource's `id` is `<platform>/<deploymentId>`. */
  declare readonly deploymentId: pulumi.Output<string>;
  /** Where requests are sent. Undefined on Kore.ai unless the program gave it: its API never returns one. */
  declare readonly endpoint: pulumi.Output<string>;
  /** What an OpenAI-style client sends as `model`. Undefined where the platform has no such thing. */
  declare readonly model: pulumi.Output<string>;
  /** Where the deployment stood when it was last looked at. */
  declare readonly status: pulumi.Output<DeploymentStatus>;
  /** The platform's own word for the status. */
  declare readonly platformStatus: pulumi.Output<string>;
  /** Whether it could serve when it was last looked at. */
  declare readonly ready: pulumi.Output<boolean>;
  /** Why it is in this status, in the platform's words where it gives any. */
  declare readonly reason: pulumi.Output<string | undefined>;
  /** Live replica counts, where the platform tells. */
  declare readonly replicas: pulumi.Output<DeploymentReplicas | undefined>;
  /** The platform's own facts: names, versions, job ids. */
  declare readonly details: pulumi.Output<{ [fact: string]: unknown }>;
  /**
   * Which configuration of the deployment this is: 1 when it was made, and one more with each change that the
   * platform took. Undefined in states of earlier versions. By it, a `Readiness` knows that it has to wait again.
   */
  declare readonly generation: pulumi.Output<number | undefined>;

  protected constructor(
    { type, hidden, options: ofForm }: ResourceForm,
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions | undefined,
  ) {
    const outputs = Object.fromEntries(outputNames.map((output) => [output, undefined]));
    const release = withholdStacks();
    try {
      super(type, name, { ...outputs, ...args, ...hidden }, pulumi.mergeOptions(options, ofForm));
    } catch (error) {
      release(error);
      throw error;
    }
    release();
    rememberDeclared(this, name, args);
  }
}
