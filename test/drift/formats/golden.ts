/** Compares a text with the file in golden/ that shows it; `UPDATE_GOLDEN=1` writes the files anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
