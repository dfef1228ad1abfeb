import { account } from "../account";
import { resourceOf } from "../resources";
import { messages } from "../protocol";
import type { CreateRequest, CreateResponse } from "../protocol";
import { fromWire } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { tellCosts } from "../costs";
import { replacementOf } from "../replacements";
import { secondsOf, within } from "./within";

export async function create(request: CreateRequest): Promise<CreateResponse> {
  const resource = resourceOf(request.getUrn());
  const inputs = fromWire(request.getProperties());
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    const replaced = replacementOf(request.getUrn());
    await tellCosts(resource, request.getUrn(), { inputs, before: replaced, overlaps: replaced !== undefined });
    return response.setProperties(stateToWire(resource, resource.preview(inputs, account())));
  }
  const call = { resource, urn: request.getUrn(), timeoutSeconds: secondsOf(request.getTimeout()) };
  const { id, state } = await within(call, (lent) => resource.create(lent, inputs));
  return response.setId(id).setProperties(stateToWire(resource, state));
}
