/** What a command of Pulumi says of its failure. */

/** The engine's own lines: a `CommandError` brings all that the command wrote. */
export function commandErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lines = error.message.split("\n").map(plainText);
  const told = lines.filter((line) => line.startsWith("error: ")).map((line) => line.slice("error: ".length));
  return [...new Set(told)].join("; ") || (lines.find((line) => line !== "") ?? error.name);
}

/** Without the engine's colours, and what it puts before an error of a provider. */
export function plainText(message: string): string {
  return message
    .replace(/<\{%.*?%\}>/g, "")
    .trim()
    .replace(/^(Preview|Refresh|Update) failed: /i, "");
}
