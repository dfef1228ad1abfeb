/** What a command of Pulumi says of its failure. */

const prefix = "error: ";
/** The engine's last word, after those that tell why. */
export const lastWord = /^(preview|update|refresh) failed$/;

/** The engine's own lines: a `CommandError` brings all that the command wrote. */
export function commandErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lines = error.message.split("\n").map(plainText);
  const told = lines.flatMap((line, index) => (line.startsWith(prefix) ? sentencesAt(lines, index) : []));
  const reasons = told.filter((text) => !lastWord.test(text));
  const texts = reasons.length > 0 ? reasons : told;
  return [...new Set(texts)].join("; ") || (lines.find((line) => line !== "") ?? error.name);
}

/** Several reasons stand in lines of their own: `error: 2 errors occurred:`, then `* …` for each. */
function sentencesAt(lines: readonly string[], index: number): string[] {
  const first = (lines[index] ?? "").slice(prefix.length);
  if (!/errors? occurred:$/.test(first)) return [first];
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => !line.startsWith("* "));
  return rest.slice(0, end === -1 ? undefined : end).map((line) => line.slice(2));
}

/** Without the engine's colours, and what it puts before an error of a provider. */
export function plainText(message: string): string {
  return message
    .replace(/<\{%.*?%\}>/g, "")
    .trim()
    .replace(/^(Preview|Refresh|Update) failed: /i, "");
}
