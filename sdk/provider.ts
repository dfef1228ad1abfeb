import * as pulumi from "@pulumi/pulumi";
import type { Setting } from "../provider/connection/settings";
import { sharedSettings } from "../provider/connection/shared-settings";
import { livePlatform, modelPlatforms } from "../provider/platforms/registry";
import { explicitProviderKey, namespace } from "./provider-keys";

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
   * @default 50
   */
  requestsPerSecond?: pulumi.Input<number>;
  /**
   * Whether a refresh reads many deployments by one list; with `false`, each by itself.
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
    super("pulumi-nodejs", name, { ...settingsOf(args), [explicitProviderKey]: "true" }, options);
  }
}

/** An explicit provider does not see the stack's config, so that its settings are put beside the arguments. */
function settingsOf(args: ProviderArgs): Record<string, pulumi.Input<string> | undefined> {
  const { requestsPerSecond, sharedReads, ...texts } = args;
  const given: Record<string, pulumi.Input<string> | undefined> = {
    ...texts,
    requestsPerSecond: textOf(requestsPerSecond),
    sharedReads: textOf(sharedReads),
  };
  const config = new pulumi.Config(namespace);
  const platforms = [...Object.values(modelPlatforms), livePlatform];
  const settings = [...platforms.flatMap(({ settings }) => settings), ...sharedSettings];
  const excluded = excludedAlternatives(given, settings);
  return Object.fromEntries(
    settings.map((setting) => {
      const { key, secret } = setting;
      const configured = excluded.has(key) ? undefined : secret ? config.getSecret(key) : config.get(key);
      const value = given[key] ?? configured;
      return [`${namespace}:${key}`, secret && value !== undefined ? pulumi.secret(value) : value];
    }),
  );
}

/** Settings are texts, as a stack's config has them. */
function textOf(value: pulumi.Input<number | boolean> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.output(value).apply(String);
}

/** A token given here must not be overruled by a client secret of the stack's config, or the other way round. */
function excludedAlternatives(given: Record<string, unknown>, settings: readonly Setting[]): Set<string> {
  const alternatives = settings.filter(({ alternativeTo }) => alternativeTo?.some((key) => given[key] !== undefined));
  return new Set(alternatives.map(({ key }) => key));
}
