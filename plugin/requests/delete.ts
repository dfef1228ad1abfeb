import { remove as removeDeployment } from "../../provider/lifecycle/delete";
import { kindOf } from "../kinds";
import { Empty } from "../protocol";
import type { DeleteRequest } from "../protocol";
import { fromWire } from "../wire/properties";
import { secondsOf, within } from "./within";

export async function remove(request: DeleteRequest): Promise<InstanceType<typeof Empty>> {
  const id = request.getId();
  const call = { kind: kindOf(request.getUrn()), urn: request.getUrn(), id };
  const state = fromWire(request.getProperties());
  await within({ ...call, timeoutSeconds: secondsOf(request.getTimeout()) }, (lent) =>
    removeDeployment(lent, id, state),
  );
  return new Empty();
}
