/** A minimum beside its maximum. */
import type { Problem } from "../platform";

export interface Bounds {
  /** The object that holds both, dotted; empty for the block itself. */
  within: string;
  minimum: string;
  maximum: string;
  /** What the platform takes for the ones that are left out; without it, nothing is compared then. */
  default?: number;
}

/** A problem when the minimum is above the maximum. Values that are unknown, or no numbers, pass. */
export function problemsOfBounds(block: unknown, bounds: Bounds): Problem[] {
  const segments = bounds.within === "" ? [] : bounds.within.split(".");
  const holder = segments.reduce<unknown>(member, block);
  const minimum = member(holder, bounds.minimum) ?? bounds.default;
  const maximum = member(holder, bounds.maximum) ?? bounds.default;
  if (typeof minimum !== "number" || typeof maximum !== "number" || minimum <= maximum) return [];
  const path = [...segments, bounds.minimum].join(".");
  return [{ path, message: `must not be above ${bounds.maximum}, got ${minimum} above ${maximum}` }];
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
