/** Faults for requests that their method and path alone do not tell from others. */
import type { Fault, RecordedRequest, Simulator } from "../../simulator";

export type Strike = Omit<Fault, "platform" | "method" | "path" | "times" | "skip">;

export type StrikeChoice = Strike | undefined;

/**
 * Asks for each request that comes in whether a fault shall strike it. No other fault may wait meanwhile.
 *
 * @returns what ends it.
 */
export function strike(simulator: Simulator, choose: (request: RecordedRequest) => StrikeChoice): () => void {
  return simulator.subscribe((request) => {
    const isNew = request.status === undefined && request.fault === undefined;
    const fault = isNew ? choose(request) : undefined;
    // The listener is called before the simulator looks for a fault, so that this one strikes this very request.
    if (fault !== undefined) simulator.fault(fault);
  });
}
