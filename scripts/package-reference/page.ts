export const note = "<!-- Written by `npm run schema` from the package's schema. -->";

/** @param parts of which empty ones are left out. */
export function page(title: string, ...parts: string[]): string {
  return `${[note, `# ${title}`, ...parts].filter((part) => part !== "").join("\n\n")}\n`;
}
