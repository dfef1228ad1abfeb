import { runFunction } from "../../host/host-call";
import { containsUnknown } from "../../provider/inputs/unknown";
import { account } from "../account";
import { messages } from "../protocol";
import type { InvokeRequest, InvokeResponse } from "../protocol";
import { fromWire, toWire } from "../wire/properties";

const prefix = "inference:index:";

export async function invoke(request: InvokeRequest): Promise<InvokeResponse> {
  const name = functionName(request.getTok());
  const inputs = fromWire(request.getArgs());
  // The engine asks when all is known. Should it not, this is what it answers itself where a provider's settings are not known.
  if (containsUnknown(inputs)) return new messages.InvokeResponse().setReturn(toWire({}));
  const functions = await import("../../provider/functions/registry");
  const invocation = await runFunction(account(), (call) => functions.invoke(name, inputs, call));
  if ("output" in invocation) return new messages.InvokeResponse().setReturn(toWire(invocation.output));
  // Of a function's failures the property is shown in brackets, and not its value, unlike those of a resource's check.
  const failures = invocation.problems.map(({ path, message }) =>
    new messages.CheckFailure().setProperty(path).setReason(message),
  );
  return new messages.InvokeResponse().setFailuresList(failures);
}

/** What has no token of this package is told as it came. */
function functionName(token: string): string {
  return token.startsWith(prefix) ? token.slice(prefix.length) : token;
}
