import { importDeployment } from "../../provider/lifecycle/import";
import { parseImportIdentifier } from "../../provider/lifecycle/import-identifier";
import { importNotes } from "../../provider/lifecycle/import-notes";
import { knownDeployment } from "../../provider/lifecycle/known-deployment";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { read as readDeployment } from "../../provider/lifecycle/read";
import type { Properties } from "../../provider/resources/resource-kind";
import { kindOf } from "../kinds";
import { messages } from "../protocol";
import type { ReadRequest, ReadResponse } from "../protocol";
import { fromWire, toWireOf } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { within } from "./within";

interface Found {
  id: string;
  inputs: Properties;
  state: Properties;
}

/** For a refresh and a `get`; for an import, which alone brings no properties. */
export async function read(request: ReadRequest): Promise<ReadResponse> {
  const kind = kindOf(request.getUrn());
  const call = { kind, urn: request.getUrn(), id: request.getId(), timeoutSeconds: undefined };
  const found = await within(call, async (lent): Promise<Found | undefined> => {
    if (!request.hasProperties()) return imported(lent, call.id);
    const result = await readDeployment(lent, call.id, fromWire(request.getProperties()));
    return result === undefined ? undefined : { id: call.id, ...result };
  });
  // An empty id tells the engine that the resource is gone.
  if (found === undefined) return new messages.ReadResponse();
  return new messages.ReadResponse()
    .setId(found.id)
    .setProperties(stateToWire(kind, found.state))
    .setInputs(toWireOf(kind, found.inputs));
}

async function imported(call: ProviderCall, text: string): Promise<Found> {
  const { id, given } = parseImportIdentifier(text);
  const { connection } = knownDeployment(call, id, {});
  const result = await importDeployment(call, id, given);
  importNotes(result, connection).forEach((note) => call.log.info(note));
  return result;
}
