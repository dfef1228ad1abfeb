import { read as readDeployment } from "../../provider/lifecycle/read";
import { readImport } from "../../provider/lifecycle/read-import";
import { kindOf } from "../kinds";
import { messages } from "../protocol";
import type { ReadRequest, ReadResponse } from "../protocol";
import { fromWire, toWireOf } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { within } from "./within";

/** For a refresh and a `get`; for an import, which alone brings no properties. */
export async function read(request: ReadRequest): Promise<ReadResponse> {
  const kind = kindOf(request.getUrn());
  const call = { kind, urn: request.getUrn(), id: request.getId(), timeoutSeconds: undefined };
  const found = await within(call, async (lent) => {
    if (!request.hasProperties()) return readImport(lent, call.id);
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
