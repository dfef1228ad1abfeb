import type * as pulumi from "@pulumi/pulumi";
import { FleetComponent } from "./fleet-component";
import type { FleetArgs } from "./fleet-component";
import { LiveDeployment } from "./live-deployment";
import { ModelDeployment } from "./model-deployment";
import { Readiness } from "./readiness";

/**
 * Many deployments, and one wait for all of them.
 *
 * ```ts
 * const eu = new inference.Fleet("eu", {
 *   models: {
 *     llama: { deepinfra: { modelName: "llama", gpu: "H100-80GB", hf: { repo: "acme/llama" } } },
 *     embeddings: { opensearch: { modelId: "…" } },
 *   },
 * });
 *
 * export const endpoints = eu.endpoints;
 * ```
 */
export class Fleet extends FleetComponent {
  constructor(name: string, args: FleetArgs, options?: pulumi.ComponentResourceOptions) {
    super({ ModelDeployment, LiveDeployment, Readiness }, name, args, options);
  }
}
