import { messages } from "../protocol";
import type { ProviderHandshakeResponse } from "../protocol";

/**
 * Secrets are asked for in plain: the engine then marks those of the program by itself, at the same
 * paths, in all that comes back.
 */
export function handshake(): ProviderHandshakeResponse {
  return new messages.ProviderHandshakeResponse().setAcceptSecrets(false).setAcceptResources(false);
}
