/** The platforms that can be looked at, and what a list of each needs. */
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import { livePlatform, modelPlatforms } from "../../provider/platforms/registry";

export const platforms: readonly AnyPlatform[] = [...Object.values(modelPlatforms), livePlatform];

export type PlatformId = keyof typeof modelPlatforms | typeof livePlatform.id;

export const platformIds = platforms.map(({ id }) => id as PlatformId);

export function platformById(id: string): AnyPlatform | undefined {
  return platforms.find((platform) => platform.id === id);
}

/** Foundry lists the deployments of one model at a time. */
export function listsByModel(platform: AnyPlatform): boolean {
  return platform.id === livePlatform.id;
}
