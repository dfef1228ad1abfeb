/** A deployment that is in state: the account it lives in, and what is known of it. */
import type { Connection } from "../connection/connection";
import type { DeploymentReference } from "../platform";
import type { Block, Properties } from "../resources/resource-kind";
import { registerSecrets } from "./block-secrets";
import { parseIdentifier } from "./identifier";
import type { ProviderCall } from "./provider-call";
import { referenceFrom } from "./state";

export interface KnownDeployment {
  connection: Connection;
  reference: DeploymentReference;
  /** The inputs that the state holds; absent after `get` by id, which brings none. */
  block: Block | undefined;
}

/** Connects by the id alone, which names its platform. @throws ProviderError for an id of no platform of the resource. */
export function knownDeployment({ kind, connections }: ProviderCall, id: string, state: Properties): KnownDeployment {
  const { platform: name, deploymentId } = parseIdentifier(
    id,
    kind.platforms.map(({ id }) => id),
  );
  const platform = kind.platforms.find(({ id }) => id === name);
  if (platform === undefined) throw new Error(`${kind.name} has no platform ${name}`);
  const connection = connections.connect(platform);
  const block = kind.blockOf(state);
  if (block !== undefined) registerSecrets(connection, block);
  return { connection, reference: referenceFrom(state, deploymentId), block };
}
