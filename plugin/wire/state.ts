import type { Properties, ResourceKind } from "../../provider/resources/resource-kind";
import { providerText } from "../../sdk/provider-text";
import type { WireStruct } from "../protocol";
import { toWireOf } from "./properties";

/**
 * A state, with what the host of dynamic resources needs to read and delete it: a stack that moves to
 * dynamic resources changes nothing, so that nothing could add it then. Hidden from displays.
 */
export function stateToWire(kind: ResourceKind, state: Properties): WireStruct {
  const exported = kind.name === "ModelDeployment" ? "modelDeployment" : "liveDeployment";
  return toWireOf(kind, { ...state, __provider: providerText(exported) });
}
