import * as pulumi from "@pulumi/pulumi";
import { version } from "../../provider/version";
import type { ProviderArgs } from "../provider";
import { settingsOf } from "../provider-settings";

/**
 * An account of its own for some resources of a stack:
 *
 * ```ts
 * const eu = new inference.Provider("eu", { deepinfraApiKey: config.requireSecret("euKey") });
 * new inference.ModelDeployment("llama", { … }, { provider: eu });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    super("inference", name, settingsOf(args), pulumi.mergeOptions(options, { version }));
  }
}
