/** The settings of a provider: which there are, and whose they are. */
import type { Setting } from "../provider/connection/settings";
import { sharedSettings } from "../provider/connection/shared-settings";
import { livePlatform, modelPlatforms } from "../provider/platforms/registry";

export const platforms = [...Object.values(modelPlatforms), livePlatform];

export const settings: readonly Setting[] = [...platforms.flatMap(({ settings }) => settings), ...sharedSettings];

let lastChecked: boolean | undefined;

/**
 * Whether the settings are a program's own provider's, and not the stack's config. What an engine
 * makes by itself is called `default`, with the version that the program's packages ask for.
 *
 * @param urn the provider's; where it is not told, that of the check before counts.
 */
export function isExplicit(urn: string | undefined): boolean {
  if (urn === undefined || urn === "") return lastChecked ?? false;
  lastChecked = !/^default(_|$)/.test(urn.split("::").at(-1) ?? "");
  return lastChecked;
}
