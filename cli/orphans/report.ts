/** What one run found, before it is put into words. */
import type { Account } from "./accounts";
import type { NotLookedAt } from "./not-looked-at";
import type { Orphan } from "./orphan";
import type { ShownStack } from "./stacks";

export interface Report {
  stacks: readonly ShownStack[];
  accounts: readonly Account[];
  orphans: readonly Orphan[];
  notLookedAt: readonly NotLookedAt[];
  /** Options that show the same stacks and accounts again, as a shell takes them. */
  scope: string;
}

/** Undefined where no orphan has a price. */
export interface Total {
  usdPerHour?: number;
  usdSoFar?: number;
}

export function totalOf(orphans: readonly Orphan[]): Total {
  const [perHour, soFar] = [sum(orphans.map((one) => one.usdPerHour)), sum(orphans.map((one) => one.usdSoFar))];
  return {
    ...(perHour === undefined ? {} : { usdPerHour: perHour }),
    ...(soFar === undefined ? {} : { usdSoFar: soFar }),
  };
}

function sum(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, amount) => total + amount, 0);
}

/** What removes one of them. */
export function removalCommand({ scope }: Report, { id }: Orphan): string {
  return `npx pulumi-inference orphans${scope} --remove ${id}`;
}
