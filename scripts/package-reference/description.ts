/** A description of the schema, taken apart: Pulumi's registry marks examples with shortcodes. */

interface Parts {
  text: string;
  /** With headings of the third level. */
  examples: string;
  /** What follows the examples: how it is imported. */
  rest: string;
}

export function partsOf(description: string): Parts {
  const [text = "", marked = "", rest = ""] = description.split(/\{\{% \/?examples %\}\}/);
  return { text: text.trim(), examples: examplesOf(marked), rest: rest.trim() };
}

const titles: Record<string, string> = { typescript: "TypeScript", python: "Python", yaml: "YAML" };

function examplesOf(marked: string): string {
  return marked
    .replace(/\{\{% \/?example %\}\}\n?/g, "")
    .replace("## Example Usage\n", "")
    .replace(/^```(\w+)$/gm, (fence, language: string) => `${titles[language] ?? language}:\n\n${fence}`)
    .trim();
}
