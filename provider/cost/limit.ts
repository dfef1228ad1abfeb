/** `maxUsdPerHour`: refuses what costs more, right before it is asked for. */
import type { Connection } from "../connection/connection";
import { ProviderError } from "../errors";
import type { Call, Change } from "../platform";
import type { Properties } from "../resources/resource-kind";
import { estimate } from "./estimate";
import { mostGpus } from "./footprint";
import { readMarket } from "./market";

/** The connection, with an adapter that holds the limit of the inputs; the same one without a limit. */
export function withinLimit(connection: Connection, { maxUsdPerHour: limit }: Properties): Connection {
  if (typeof limit !== "number") return connection;
  const { adapter } = connection;
  return {
    ...connection,
    adapter: {
      ...adapter,
      create(inputs: unknown, call: Call) {
        const aboutToCreate = async (): Promise<void> => {
          await refuseAbove(limit, connection, inputs, call);
          await call.aboutToCreate();
        };
        return adapter.create(inputs, { ...call, aboutToCreate });
      },
      async update(reference, change: Change<unknown>, call: Call) {
        if (spendsMore(connection, change)) await refuseAbove(limit, connection, change.to, call);
        return adapter.update(reference, change, call);
      },
    },
  };
}

/** What goes on as it is, or gets smaller, is not held up by a price that has risen, or cannot be read. */
function spendsMore({ implementation }: Connection, { from, to, live }: Change<unknown>): boolean {
  const { footprint } = implementation.rules;
  if (["stopped", "failed"].includes(live.phase)) return true;
  const [before, after] = [mostGpus(footprint?.(from) ?? {}), mostGpus(footprint?.(to) ?? {})];
  return before === undefined || after === undefined || after > before;
}

async function refuseAbove(limit: number, connection: Connection, inputs: unknown, call: Call): Promise<void> {
  const { platform, implementation } = connection;
  const footprint = implementation.rules.footprint?.(inputs) ?? {};
  const { usdPerHour, unknown } = estimate(footprint, await readMarket(connection, call));
  if (usdPerHour === undefined) {
    throw new ProviderError(
      `${platform.title}: maxUsdPerHour is ${limit}, and what this would cost cannot be known: ${unknown}; nothing was asked for; leave maxUsdPerHour out to go on without a limit`,
    );
  }
  if (usdPerHour.maximum <= limit) return;
  throw aboveLimit(platform.title, usdPerHour.maximum, limit);
}

export function aboveLimit(title: string, usdPerHour: number, limit: number): ProviderError {
  return new ProviderError(
    `${title}: with all replicas, an hour would cost ${usdPerHour} US dollars, above maxUsdPerHour, which is ${limit}; nothing was asked for; raise it, or take fewer or other GPUs`,
  );
}
