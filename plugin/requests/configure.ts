import { configureAccount } from "../account";
import { messages } from "../protocol";
import type { ConfigureRequest, ConfigureResponse } from "../protocol";
import { isExplicit } from "../provider-settings";
import { fromWire } from "../wire/properties";

/** The answers repeat the handshake's, for engines that know none. */
export function configure(request: ConfigureRequest): ConfigureResponse {
  configureAccount(fromWire(request.getArgs()), isExplicit(urnOf(request)));
  return new messages.ConfigureResponse().setAcceptsecrets(false).setAcceptresources(false).setSupportspreview(true);
}

/** Engines before 3.154 do not tell it. */
function urnOf(request: ConfigureRequest): string | undefined {
  return (request as Partial<ConfigureRequest>).getUrn?.();
}
