import type * as pulumi from "@pulumi/pulumi";
import { ReadinessResource } from "../readiness-resource";
import type { ReadinessArgs } from "../readiness-resource";
import { nativeForm } from "../resource-form";

/**
 * Waits until many deployments are ready, in one step of the engine, which has only a few for each core of the machine.
 *
 * Deployments with `waitForReady: false` are in state as soon as their platforms accepted them; the wait
 * for all of them comes after that. One that fails does not end the wait for the others: all that failed
 * are listed at the end. `pulumi up --refresh` replaces or repairs them, and `pulumi up` goes on waiting.
 *
 * ```ts
 * const fleet = new inference.Readiness("fleet", { deployments: [llama, mistral] }, { customTimeouts: { create: "1h" } });
 *
 * export const endpoints = fleet.endpoints;
 * ```
 */
export class Readiness extends ReadinessResource {
  constructor(name: string, args: ReadinessArgs, options?: pulumi.CustomResourceOptions) {
    super(nativeForm("Readiness"), name, args, options);
  }
}
