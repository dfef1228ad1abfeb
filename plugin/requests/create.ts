import { preview } from "../../provider/lifecycle/preview";
import { create as createDeployment } from "../../provider/lifecycle/create";
import { account } from "../account";
import { kindOf } from "../kinds";
import { messages } from "../protocol";
import type { CreateRequest, CreateResponse } from "../protocol";
import { fromWire } from "../wire/properties";
import { stateToWire } from "../wire/state";
import { tellCosts } from "../costs";
import { replacementOf } from "../replacements";
import { secondsOf, within } from "./within";

export async function create(request: CreateRequest): Promise<CreateResponse> {
  const kind = kindOf(request.getUrn());
  const inputs = fromWire(request.getProperties());
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    const replaced = replacementOf(request.getUrn());
    await tellCosts({ kind, urn: request.getUrn(), inputs, before: replaced, overlaps: replaced !== undefined });
    return response.setProperties(stateToWire(kind, preview(kind, inputs, account())));
  }
  const call = { kind, urn: request.getUrn(), timeoutSeconds: secondsOf(request.getTimeout()) };
  const { id, state } = await within(call, (lent) => createDeployment(lent, inputs));
  return response.setId(id).setProperties(stateToWire(kind, state));
}
