import { checkInputs } from "../../host/host-call";
import { account } from "../account";
import { kindOf } from "../kinds";
import { messages } from "../protocol";
import type { CheckRequest, CheckResponse } from "../protocol";
import { fromWire, toWireOf } from "../wire/properties";
import { failuresOf } from "./check-failures";

export async function check(request: CheckRequest): Promise<CheckResponse> {
  const urn = request.getUrn();
  const kind = kindOf(urn);
  const inputs = fromWire(request.getNews());
  const failures = await checkInputs({ kind, connections: account(), urn }, fromWire(request.getOlds()), inputs);
  return new messages.CheckResponse().setInputs(toWireOf(kind, inputs)).setFailuresList(failuresOf(failures));
}
