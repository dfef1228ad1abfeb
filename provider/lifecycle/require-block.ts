import { ProviderError } from "../errors";
import type { Block, Properties, ResourceKind } from "../resources/resource-kind";

/** The block of properties that a check has let through, or of a state. */
export function requireBlock(kind: ResourceKind, properties: Properties): Block {
  const block = kind.blockOf(properties);
  if (block !== undefined) return block;
  const names = kind.platforms.map(({ id }) => id).join(", ");
  throw new ProviderError(`${kind.name}: the inputs hold no block of a known platform (${names})`);
}
