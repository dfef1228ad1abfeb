import * as pulumi from "@pulumi/pulumi";
import type { Setting } from "../provider/connection/settings";
import { sharedSettings } from "../provider/connection/shared-settings";
import { livePlatform, modelPlatforms } from "../provider/platforms/registry";
import type { ProviderArgs } from "./provider";
import { namespace } from "./provider-keys";

/** The settings of an explicit provider, which does not see the stack's config: that is put beside the arguments. */
export function settingsOf(args: ProviderArgs): Record<string, pulumi.Input<string> | undefined> {
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
      return [key, secret && value !== undefined ? pulumi.secret(value) : value];
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
