import { account } from "../account";
import { resourceOf } from "../resources";
import { messages } from "../protocol";
import type { UpdateRequest, UpdateResponse } from "../protocol";
import { fromWire } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { tellCosts } from "../costs";
import { secondsOf, within } from "./within";

export async function update(request: UpdateRequest): Promise<UpdateResponse> {
  const resource = resourceOf(request.getUrn());
  const [olds, inputs] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    await tellCosts(resource, request.getUrn(), { inputs, before: olds, overlaps: false });
    return response.setProperties(stateToWire(resource, resource.preview(inputs, account(), olds)));
  }
  const id = request.getId();
  const call = { resource, urn: request.getUrn(), id, timeoutSeconds: secondsOf(request.getTimeout()) };
  const state = await within(call, (lent) => resource.update(lent, id, olds, inputs));
  return response.setProperties(stateToWire(resource, state));
}
