import { checkInputs } from "../../host/host-call";
import { account } from "../account";
import { resourceOf } from "../resources";
import { messages } from "../protocol";
import type { CheckRequest, CheckResponse } from "../protocol";
import { fromWire, toWireOf } from "../wire/properties";
import { failuresOf } from "./check-failures";

export async function check(request: CheckRequest): Promise<CheckResponse> {
  const urn = request.getUrn();
  const resource = resourceOf(urn);
  const inputs = fromWire(request.getNews());
  const failures = await checkInputs({ resource, connections: account(), urn }, fromWire(request.getOlds()), inputs);
  return new messages.CheckResponse().setInputs(toWireOf(resource, inputs)).setFailuresList(failuresOf(failures));
}
