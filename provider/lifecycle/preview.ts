/** What a preview can say of a deployment that is to be made or changed, without asking the platform. */
import type { Connections } from "../connection/connection";
import { ConfigurationError } from "../errors";
import { isUnknown, unknownValue } from "../inputs/unknown";
import type { PlatformImplementation } from "../platform";
import { outputNames } from "../resources/outputs";
import type { Block, Properties, ResourceKind } from "../resources/resource-kind";
import { diff } from "./diff";
import { deploymentIdFrom } from "./identifier";

/** The outputs that no change in place touches. */
export function stableOutputs(kind: ResourceKind, state: Properties): string[] {
  const stable = kind.blockOf(state)?.platform.load().stableOutputs ?? [];
  return ["platform", "deploymentId", ...stable];
}

/**
 * Pure, with what is not known yet in the wire protocol's own spelling.
 *
 * @param state of the deployment that is changed; absent for one that is made.
 */
export function preview(
  kind: ResourceKind,
  inputs: Properties,
  connections: Connections,
  state?: Properties,
): Properties {
  const block = kind.blockOf(inputs);
  if (block === undefined) return { ...inputs, ...nothingKnown };
  return {
    ...inputs,
    ...nothingKnown,
    ...foreseen(block, connections),
    ...(state === undefined ? { ...adopted(inputs, block), generation: 1 } : kept(kind, state, inputs)),
    platform: block.platform.id,
    ...outcome(inputs, block),
  };
}

const nothingKnown: Properties = Object.fromEntries(outputNames.map((output) => [output, unknownValue]));

/** What follows from the inputs and the account's address. */
function foreseen({ platform, inputs }: Block, connections: Connections): Properties {
  const implementation: PlatformImplementation<unknown> = platform.load();
  if (implementation.foreseen === undefined) return {};
  try {
    const outputs = implementation.foreseen(inputs, implementation.baseUrl(connections.settings(platform)));
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
  } catch (error) {
    // Without an address the check has said so already.
    if (error instanceof ConfigurationError) return {};
    throw error;
  }
}

function adopted({ adopt }: Properties, { platform }: Block): Properties {
  return typeof adopt === "string" && !isUnknown(adopt) ? { deploymentId: deploymentIdFrom(platform.id, adopt) } : {};
}

function kept(kind: ResourceKind, state: Properties, inputs: Properties): Properties {
  const known = stableOutputs(kind, state).filter((output) => state[output] !== undefined);
  return {
    ...Object.fromEntries(known.map((output) => [output, state[output]])),
    ...(asksPlatform(kind, state, inputs) ? {} : { generation: state["generation"] }),
  };
}

/** Whether the platform may be asked for a change. */
function asksPlatform(kind: ResourceKind, state: Properties, inputs: Properties): boolean {
  const { properties, repair } = diff(kind, state, inputs);
  return repair !== "none" || properties.some(({ effect, unknown }) => unknown || effect !== "state-only");
}

/** An operation that waits ends in one phase alone, or fails. */
function outcome({ waitForReady }: Properties, { platform, inputs }: Block): Properties {
  const isOpen = waitForReady === false || isUnknown(waitForReady) || Object.values(inputs).some(isUnknown);
  if (isOpen) return {};
  const runs = platform.load().rules.wantsRunning(inputs);
  return { status: runs ? "ready" : "stopped", ready: runs };
}
