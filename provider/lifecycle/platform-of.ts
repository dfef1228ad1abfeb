import type { AnyPlatform, ResourceKind } from "../resources/resource-kind";
import type { Identifier } from "./identifier";

/** The platform that an id names; `parseIdentifier` has made sure that it is one of the kind's. */
export function platformOf(kind: ResourceKind, identifier: Identifier): AnyPlatform {
  const platform = kind.platforms.find(({ id }) => id === identifier.platform);
  if (platform === undefined) throw new Error(`${kind.name} has no platform ${identifier.platform}`);
  return platform;
}
