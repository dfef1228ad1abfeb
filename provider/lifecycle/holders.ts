/**
 * Which resource of the program has which deployment, as far as this process has seen. A resource that
 * is renamed, or takes over what another one leaves, may have the deployment before the engine has the
 * former holder delete it: where the id is the model's own, or is named by `adopt`, both have one id.
 */
import type { ProviderCall } from "./provider-call";

type Caller = Pick<ProviderCall, "connections" | "urn">;

/** Says that the program's resource has this deployment and keeps it. */
export function hold({ connections, urn }: Caller, id: string): void {
  if (urn !== undefined) connections.holders.set(id, urn);
}

/** The URN of another resource that has it. Never the caller's own, so that each can delete what it has. */
export function otherHolder({ connections, urn }: Caller, id: string): string | undefined {
  const holder = connections.holders.get(id);
  return urn === undefined || holder === urn ? undefined : holder;
}

export function release({ connections }: Caller, id: string): void {
  connections.holders.delete(id);
}
