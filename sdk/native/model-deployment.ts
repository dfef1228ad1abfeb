import type * as pulumi from "@pulumi/pulumi";
import type { ModelDeploymentArgs } from "../model-deployment";
import { DeploymentResource } from "../deployment-resource";
import { nativeForm } from "../resource-form";
import { withSecretInputs } from "../secret-inputs";

/**
 * A model deployment on DeepInfra, Kore.ai or OpenSearch ML Commons.
 *
 * `pulumi up` makes it, waits until it is ready, and keeps it as the program says; `pulumi destroy`
 * removes it. A deployment that was accepted and did not become ready stays in state with its id:
 * the next `pulumi up` goes on with it.
 *
 * ```ts
 * const llama = new inference.ModelDeployment("llama", {
 *   deepinfra: {
 *     modelName: "support-llama",
 *     gpu: "H100-80GB",
 *     hf: { repo: "acme/support-llama-8b", token: config.requireSecret("hfToken") },
 *     settings: { minInstances: 1, maxInstances: 4 },
 *   },
 * }, { customTimeouts: { create: "45m" } });
 *
 * export const endpoint = llama.endpoint;
 * ```
 */
export class ModelDeployment extends DeploymentResource {
  /**
   * Reads an existing deployment that this stack does not manage.
   *
   * @param id `deepinfra/<deploy_id>`, `kore/<modelId>` or `opensearch/<modelId>`.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ModelDeployment {
    return new ModelDeployment(name, {}, { ...options, id });
  }

  constructor(name: string, args: ModelDeploymentArgs, options?: pulumi.CustomResourceOptions) {
    super(nativeForm("ModelDeployment"), name, withSecretInputs(args), options);
  }
}
