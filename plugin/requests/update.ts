import { preview } from "../../provider/lifecycle/preview";
import { update as updateDeployment } from "../../provider/lifecycle/update";
import { account } from "../account";
import { kindOf } from "../kinds";
import { messages } from "../protocol";
import type { UpdateRequest, UpdateResponse } from "../protocol";
import { fromWire } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { tellCosts } from "../costs";
import { secondsOf, within } from "./within";

export async function update(request: UpdateRequest): Promise<UpdateResponse> {
  const kind = kindOf(request.getUrn());
  const [olds, inputs] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    await tellCosts({ kind, urn: request.getUrn(), inputs, before: olds, overlaps: false });
    return response.setProperties(stateToWire(kind, preview(kind, inputs, account(), olds)));
  }
  const id = request.getId();
  const call = { kind, urn: request.getUrn(), id, timeoutSeconds: secondsOf(request.getTimeout()) };
  const state = await within(call, (lent) => updateDeployment(lent, id, olds, inputs));
  return response.setProperties(stateToWire(kind, state));
}
