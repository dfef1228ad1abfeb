/** How all formats name verdicts, values and counts. Pure. */
import { mask } from "../../provider/redaction";
import type { Difference, DriftReport, DriftSummary, ResourceDrift, Verdict } from "../report";

/** What needs a person comes first. */
export const verdicts: readonly Verdict[] = ["drifted", "unhealthy", "unknown", "clean"];

/** Resources by verdict, and then as the report has them. */
export function worstFirst(resources: readonly ResourceDrift[]): ResourceDrift[] {
  return verdicts.flatMap((verdict) => resources.filter((resource) => resource.verdict === verdict));
}

/**
 * One line without control characters, which would command a terminal or are no XML, and without those that turn the
 * order of letters: names, values and reasons are written by other people. CI runners take `##[…]`, `##vso[…]` and
 * `##teamcity[…]` in a job's output as commands (inferred).
 */
export function printable(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]+/gu, "?")
    .replace(/##(?=\w*\[)/g, "# #");
}

/** @param longest more characters than that are cut off. */
export function shownValue(value: unknown, longest = 300): string {
  if (value === undefined) return "nothing";
  return cut(printable(value === mask ? mask : JSON.stringify(value)), longest);
}

/** Before and after; of a secret, only that it is another one. */
export function shownChange({ old, new: now }: Difference): [string, string] {
  return [shownValue(old), old === mask && now === mask ? `another ${mask}` : shownValue(now)];
}

export function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, Math.max(0, longest - 1)).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** `deepinfra.settings.maxInstances: 4 → 8 (scale-bounds)`; `it is gone`. */
export function differenceText(difference: Difference): string {
  if (isGone(difference)) return "it is gone";
  const { path, class: sort } = difference;
  return `${printable(path)}: ${shownChange(difference).join(" → ")} (${sort})`;
}

export function isGone(difference: Difference): boolean {
  return difference.class === "existence" && difference.new === undefined;
}

/** What is to be said of a resource in one line: its differences, then the reason. */
export function findingText({ differences, reason }: ResourceDrift): string {
  const parts = [...differences.map(differenceText), ...(reason === undefined ? [] : [printable(reason)])];
  return parts.length === 0 ? "no details" : parts.join("; ");
}

/** `2 drifted, 1 unknown, 3 clean, 4 differences ignored`. */
export function countsText(summary: DriftSummary): string {
  const counted = verdicts.filter((verdict) => summary[verdict] > 0).map((verdict) => `${summary[verdict]} ${verdict}`);
  const parts = [...(counted.length === 0 ? ["no resources"] : counted)];
  if (summary.ignored > 0) parts.push(`${plural(summary.ignored, "difference")} ignored`);
  return parts.join(", ");
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `chat/dev`; the stack's own name where it names its project. */
export function stackTitle({ project, stack }: Pick<DriftReport, "project" | "stack">): string {
  return printable(stack.includes("/") ? stack : `${project}/${stack}`);
}

/** The platform, or the type's last part for other resources. */
export function kindOf({ platform, type }: ResourceDrift): string {
  return platform ?? type.split(":").at(-1) ?? type;
}

/** From the beginning of a detection to its end. */
export function secondsOf({ startedAt, endedAt }: DriftReport): number {
  return Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}

/** `2026-11-21 03:00 UTC`. */
export function shownTime(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC` : printable(iso);
}
