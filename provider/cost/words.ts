/** Amounts of US dollars, for people. Pure. */
import type { HourlyCost } from "./estimate";

/** `1,234.50`; undefined where it is not known. */
export function formatMoney(amount: number | undefined): string | undefined {
  return amount?.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `2.20 to 8.80`. */
export function costText({ minimum, maximum }: HourlyCost): string {
  return minimum === maximum ? `${formatMoney(minimum)}` : `${formatMoney(minimum)} to ${formatMoney(maximum)}`;
}
