/** The resources, by what their URNs say. */
import { liveDeployment } from "../provider/resources/live-deployment";
import { modelDeployment } from "../provider/resources/model-deployment";
import type { ResourceKind } from "../provider/resources/resource-kind";

const kinds: readonly ResourceKind[] = [modelDeployment, liveDeployment];

/** @param urn `urn:pulumi:stack::project::parent$inference:index:ModelDeployment::name`. */
export function kindOf(urn: string): ResourceKind {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const kind = kinds.find(({ name }) => name === type.split(":").at(-1));
  if (kind === undefined) throw new Error(`the provider inference has no resource of the type "${type}"`);
  return kind;
}
