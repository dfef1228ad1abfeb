/** The report for people. Pure. */
import { printable } from "../../drift/formats/words";
import type { Estimate } from "../../provider/cost/estimate";
import { costText, formatMoney } from "../../provider/cost/words";
import type { CostReport, DeploymentCost } from "./report";

export function textReport({ stack, deployments, totals, unknown, warnings }: CostReport): string {
  if (deployments.length === 0) return `The stack ${stack} has no deployments, and will have none.\n`;
  const rows = deployments.map((one) =>
    [one.operation, one.name, one.platform, one.hardware ?? "–", priceText(one)].map(printable),
  );
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd()}\n`,
  );
  const { before, after, during } = totals;
  const more = unknown === 0 ? "" : `, and what is unknown of ${unknown} of ${deployments.length}`;
  return [
    `US dollars for an hour, at the minimum and at the maximum of replicas, in the stack ${stack}:\n\n`,
    ...lines,
    `\nAfter the update: ${costText(after)}${more}. Now: ${costText(before)}. During the update: up to ${formatMoney(during.maximum)}.\n`,
    ...(warnings.length === 0 ? [] : ["\n", ...warnings.map((warning) => `Warning: ${printable(warning)}\n`)]),
  ].join("");
}

function priceText({ before, after, operation, twoAtOnce, isRefused, maxUsdPerHour }: DeploymentCost): string {
  const now = estimateText(after ?? before);
  const changes = operation !== "same" && before !== undefined && after !== undefined;
  const text = changes && estimateText(before) !== now ? `${estimateText(before)} → ${now}` : now;
  const notes = [
    ...(twoAtOnce ? ["the old and the new one at once, until the new one is ready"] : []),
    ...(isRefused ? [`refused: maxUsdPerHour is ${maxUsdPerHour}`] : []),
  ];
  return [text, ...notes].join("; ");
}

function estimateText(estimate: Estimate | undefined): string {
  if (estimate?.usdPerHour !== undefined) return costText(estimate.usdPerHour);
  return `unknown: ${estimate?.unknown ?? "nothing is known of it"}`;
}
