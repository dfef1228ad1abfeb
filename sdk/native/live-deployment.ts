import type * as pulumi from "@pulumi/pulumi";
import type { LiveDeploymentArgs } from "../live-deployment";
import { DeploymentResource } from "../deployment-resource";
import { nativeForm } from "../resource-form";

/**
 * A live deployment of a model's branch on Palantir Foundry.
 *
 * Foundry has no call that deletes a live deployment: `pulumi destroy` disables it, which removes
 * its replicas, and the next deployment of the same model and branch takes it over.
 *
 * ```ts
 * const scorer = new inference.LiveDeployment("scorer", {
 *   modelRid: "ri.models.main.model.…",
 *   branch: "master",
 *   runtimeConfiguration: { minReplicas: 1, maxReplicas: 3, gpu: { count: 1, type: "A10G" } },
 * });
 * ```
 */
export class LiveDeployment extends DeploymentResource {
  /**
   * Reads an existing deployment that this stack does not manage.
   *
   * @param id `foundry/<rid>`.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): LiveDeployment {
    return new LiveDeployment(name, {} as LiveDeploymentArgs, { ...options, id });
  }

  constructor(name: string, args: LiveDeploymentArgs, options?: pulumi.CustomResourceOptions) {
    super(nativeForm("LiveDeployment"), name, { ...args }, options);
  }
}
