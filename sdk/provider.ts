import * as pulumi from "@pulumi/pulumi";
import { explicitProviderKey, namespace } from "./provider-keys";
import { settingsOf } from "./provider-settings";

/** Settings of an account. What is not given here comes from the stack's config, then from the environment. */
export interface ProviderArgs {
  /** DeepInfra's API key. */
  deepinfraApiKey?: pulumi.Input<string>;
  /**
   * Another address of DeepInfra's API.
   *
   * @default "https://api.deepinfra.com"
   */
  deepinfraUrl?: pulumi.Input<string>;
  /** The host of the Kore.ai account. */
  koreHost?: pulumi.Input<string>;
  /** A key with the scopes Deploy Model and Undeploy Model. */
  koreApiKey?: pulumi.Input<string>;
  /**
   * `gale` for hosts that expect the flag as GALE's own samples spell it.
   *
   * @default "ai-for-process"
   */
  koreDialect?: pulumi.Input<string>;
  /** The address of the OpenSearch cluster. */
  opensearchUrl?: pulumi.Input<string>;
  /** A user of the cluster; left out for one without the security plugin. */
  opensearchUsername?: pulumi.Input<string>;
  /** That user's password. */
  opensearchPassword?: pulumi.Input<string>;
  /** The host of the Foundry stack. */
  foundryHostname?: pulumi.Input<string>;
  /** A token of a user or service user. */
  foundryToken?: pulumi.Input<string>;
  /** The client of OAuth2 client credentials, instead of a token. */
  foundryClientId?: pulumi.Input<string>;
  /** That client's secret. */
  foundryClientSecret?: pulumi.Input<string>;
  /**
   * The most requests that leave for the account in a second.
   *
   * @default 50, and 100 on DeepInfra and OpenSearch
   */
  requestsPerSecond?: pulumi.Input<number>;
  /**
   * Whether reads, waits and creations of many deployments share one list; with `false`, each looks by itself.
   *
   * @default true
   */
  sharedReads?: pulumi.Input<boolean>;
}

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
    const settings = Object.entries(settingsOf(args)).map(([key, value]) => [`${namespace}:${key}`, value] as const);
    super("pulumi-nodejs", name, { ...Object.fromEntries(settings), [explicitProviderKey]: "true" }, options);
  }
}
