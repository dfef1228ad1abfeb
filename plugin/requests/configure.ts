import { withoutWireSecrets } from "../../host/wire-secrets";
import { configureAccount } from "../account";
import { messages } from "../protocol";
import type { ConfigureRequest, ConfigureResponse } from "../protocol";
import { isExplicit } from "../provider-settings";
import { fromWire } from "../wire/properties";

/** Secrets come marked here, though they are asked for in plain. The answers repeat the handshake's, for engines that know none. */
export function configure(request: ConfigureRequest): ConfigureResponse {
  configureAccount(withoutWireSecrets(fromWire(request.getArgs())), isExplicit(urnOf(request)));
  return new messages.ConfigureResponse().setAcceptsecrets(false).setAcceptresources(false).setSupportspreview(true);
}

/** Engines before 3.154 do not tell it. */
function urnOf(request: ConfigureRequest): string | undefined {
  return (request as Partial<ConfigureRequest>).getUrn?.();
}
