import { messages } from "../protocol";
import type { ReadRequest, ReadResponse } from "../protocol";
import { resourceOf } from "../resources";
import { fromWire, toWireOf } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { within } from "./within";

/** For a refresh and a `get`; for an import, which alone brings no properties. */
export async function read(request: ReadRequest): Promise<ReadResponse> {
  const resource = resourceOf(request.getUrn());
  const id = request.getId();
  const call = { resource, urn: request.getUrn(), id, timeoutSeconds: undefined };
  const found = await within(call, async (lent) => {
    if (!request.hasProperties()) return resource.import(lent, id);
    const result = await resource.read(lent, id, fromWire(request.getProperties()));
    return result === undefined ? undefined : { id, ...result };
  });
  // An empty id tells the engine that the resource is gone.
  if (found === undefined) return new messages.ReadResponse();
  return new messages.ReadResponse()
    .setId(found.id)
    .setProperties(stateToWire(resource, found.state))
    .setInputs(toWireOf(resource, found.inputs));
}
