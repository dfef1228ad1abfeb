/** Columns of text. Pure. */
export interface Cell {
  text: string;
  /** Numbers end at one line. */
  right?: boolean;
}

/** @param emphasise what is done with the line of the headings. */
export function tableText(
  headings: readonly Cell[],
  rows: readonly (readonly string[])[],
  emphasise: (line: string) => string,
): string {
  const widths = headings.map(({ text }, column) =>
    Math.max(...[text, ...rows.map((row) => row[column] ?? "")].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return headings[column]?.right === true ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  const [first, ...rest] = [headings.map(({ text }) => text), ...rows].map((cells) => `  ${line(cells)}`);
  return [emphasise(first ?? ""), ...rest].join("\n");
}
