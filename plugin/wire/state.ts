import type { ResourceLifecycle } from "../../provider/lifecycle/resource-lifecycle";
import type { Properties } from "../../provider/resources/resource-kind";
import { providerText } from "../../sdk/provider-text";
import type { WireStruct } from "../protocol";
import { toWireOf } from "./properties";

/**
 * A state, with what the host of dynamic resources needs to read and delete it: a stack that moves to
 * dynamic resources changes nothing, so that nothing could add it then. Hidden from displays.
 */
export function stateToWire(resource: ResourceLifecycle, state: Properties): WireStruct {
  return toWireOf(resource, { ...state, __provider: providerText(resource.name) });
}
