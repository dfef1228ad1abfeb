import { resourceOf } from "../resources";
import { Empty } from "../protocol";
import type { DeleteRequest } from "../protocol";
import { fromWire } from "../wire/properties";
import { secondsOf, within } from "./within";

export async function remove(request: DeleteRequest): Promise<InstanceType<typeof Empty>> {
  const id = request.getId();
  const resource = resourceOf(request.getUrn());
  const call = { resource, urn: request.getUrn(), id };
  const state = fromWire(request.getProperties());
  await within({ ...call, timeoutSeconds: secondsOf(request.getTimeout()) }, (lent) =>
    resource.delete(lent, id, state),
  );
  return new Empty();
}
