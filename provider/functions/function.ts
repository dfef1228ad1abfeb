/** A function of the provider: it asks a platform, and changes nothing. */
import type { z } from "zod";
import type { Connection, Connections } from "../connection/connection";
import { ProviderError } from "../errors";
import { lendCall } from "../lifecycle/lent-call";
import type { Lender } from "../lifecycle/lent-call";
import type { Call } from "../platform";
import { livePlatform, modelPlatforms } from "../platforms/registry";
import type { AnyPlatform } from "../resources/resource-kind";
import type { DeploymentPlatform } from "./types";

/** What a host lends for one call of a function. */
export interface FunctionCall extends Lender {
  connections: Connections;
}

export interface ProviderFunction<Inputs, Output> {
  /** What it is for, in a sentence. */
  description: string;
  inputs: z.ZodType<Inputs>;
  run(inputs: Inputs, call: FunctionCall): Promise<Output>;
}

const platforms: readonly AnyPlatform[] = [...Object.values(modelPlatforms), livePlatform];

export const platformIds = platforms.map(({ id }) => id) as [DeploymentPlatform, ...DeploymentPlatform[]];

/** Any function, whatever its inputs are: the registry's entries are typed, and each checks its own. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export type AnyFunction = ProviderFunction<any, object>;

/** A platform's account, and what its adapter is lent. */
export function connectTo(id: string, call: FunctionCall): { connection: Connection; lent: Call } {
  const platform = platforms.find((one) => one.id === id);
  if (platform === undefined) throw new ProviderError(`there is no platform ${id}; known: ${platformIds.join(", ")}`);
  const connection = call.connections.connect(platform);
  return { connection, lent: lendCall(call, connection, undefined) };
}
