/** What a host can ask of any resource of this package, whatever it is. */
import type { Connections } from "../connection/connection";
import type { Properties } from "../resources/resource-kind";
import type { CheckResult } from "./check";
import type { CreateResult } from "./create";
import type { DiffResult } from "./diff";
import type { ProviderCall } from "./provider-call";
import type { ReadResult } from "./read";

/** What a host lends for one call; what kind of resource it is, the resource knows. */
export type LifecycleCall = Omit<ProviderCall, "kind">;

export interface Planned {
  inputs: Properties;
  /** State of what is changed, or replaced. */
  before: Properties | undefined;
  /** Whether the old one runs beside the new one. */
  overlaps: boolean;
}

export interface Imported extends ReadResult {
  id: string;
}

/** Calls that ask a platform return promises; the others touch no network. */
export interface ResourceLifecycle {
  /** `ModelDeployment`. */
  name: string;
  /** Paths of inputs, and of their copies in the state, that are always secret. */
  secretPaths: readonly string[];
  /** @param isNew whether the resource is not in state yet. */
  check(inputs: Properties, connections: Connections, isNew: boolean): CheckResult;
  diff(state: Properties, inputs: Properties): DiffResult;
  /** @param state of what is changed; absent for what is made. */
  preview(inputs: Properties, connections: Connections, state?: Properties): Properties;
  /** The outputs that no change in place touches. */
  stableOutputs(state: Properties): string[];
  /** Says at preview what it will cost. */
  tellCosts(call: LifecycleCall, planned: Planned): Promise<void>;
  create(call: LifecycleCall, inputs: Properties): Promise<CreateResult>;
  /** @returns undefined when it is gone. */
  read(call: LifecycleCall, id: string, state: Properties): Promise<ReadResult | undefined>;
  /** @param text what a user gives to `pulumi import`. */
  import(call: LifecycleCall, text: string): Promise<Imported>;
  update(call: LifecycleCall, id: string, state: Properties, inputs: Properties): Promise<Properties>;
  delete(call: LifecycleCall, id: string, state: Properties): Promise<void>;
}
