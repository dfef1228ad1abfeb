/** The resources, by what their URNs say. */
import { kindOfType } from "../host/kind-of-type";
import { typeIn } from "../host/resource-types";
import type { ResourceKind } from "../provider/resources/resource-kind";

/** @param urn `urn:pulumi:stack::project::parent$inference:index:ModelDeployment::name`. */
export function kindOf(urn: string): ResourceKind {
  const kind = kindOfType(typeIn(urn));
  if (kind === undefined) throw new Error(`the provider inference has no resource of the type "${typeIn(urn)}"`);
  return kind;
}
