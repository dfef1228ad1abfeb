/** Resource ids: `<platform>/<the platform's own id>`, so that an id alone says where to look. */
import { ProviderError } from "../errors";

export interface Identifier {
  platform: string;
  deploymentId: string;
}

export function formatIdentifier(platform: string, deploymentId: string): string {
  return `${platform}/${deploymentId}`;
}

/** @throws ProviderError for an id that names no platform of the resource. */
export function parseIdentifier(id: string, platforms: readonly string[]): Identifier {
  const slash = id.indexOf("/");
  const platform = id.slice(0, Math.max(0, slash));
  const deploymentId = id.slice(slash + 1);
  if (!platforms.includes(platform) || deploymentId === "") {
    const forms = platforms.map((known) => `${known}/<id>`).join(" or ");
    throw new ProviderError(`"${id}" is not an id of this resource; give ${forms}`);
  }
  return { platform, deploymentId };
}

/** The platform's own id, from what a user gives as `adopt`: with or without the platform's name. */
export function deploymentIdFrom(platform: string, given: string): string {
  const prefix = `${platform}/`;
  return given.startsWith(prefix) ? given.slice(prefix.length) : given;
}
