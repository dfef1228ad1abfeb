/** The resources, by what their URNs say. */
import { resourceOfType } from "../host/resources";
import { typeIn } from "../host/resource-types";
import type { ResourceLifecycle } from "../provider/lifecycle/resource-lifecycle";

/** @param urn `urn:pulumi:stack::project::parent$inference:index:ModelDeployment::name`. */
export function resourceOf(urn: string): ResourceLifecycle {
  const resource = resourceOfType(typeIn(urn));
  if (resource === undefined) throw new Error(`the provider inference has no resource of the type "${typeIn(urn)}"`);
  return resource;
}
