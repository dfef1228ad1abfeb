/** Which format goes where. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { formats, type Setting } from "../../drift/formats";
import { countsText, stackTitle } from "../../drift/formats/words";
import type { DriftReport } from "../../drift/report";
import type { Terminal } from "../terminal";
import { CommandError } from "../command-error";
import type { DriftOptions, Output } from "./options";

/**
 * Each format once, and one of them on the standard output: the one without a file, else `text`. Makes the folders of
 * the files, so that a mistake in a name does not come to light after a long detection.
 *
 * @throws CommandError
 */
export function planOutputs({ format, output }: Pick<DriftOptions, "format" | "output">): Output[] {
  const shown = format.filter(({ file }) => file === undefined);
  if (shown.length > 1) {
    const [first, second] = shown.map((one) => one.format);
    throw new CommandError(`${first} and ${second} cannot share an output; give one a file: --format ${second}=<file>`);
  }
  const main: Output = { format: shown[0]?.format ?? "text", ...(output === undefined ? {} : { file: output }) };
  const all = [main, ...format.filter(({ file }) => file !== undefined)];
  const files = all.flatMap(({ file }) => (file === undefined ? [] : [resolve(file)]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new CommandError(`two formats cannot go to the same file ${twice}; give each its own`);
  for (const file of files) attempt(file, () => mkdirSync(dirname(file), { recursive: true }));
  return all;
}

/** @throws CommandError when a file cannot be written; the others are written all the same. */
export function writeOutputs(
  outputs: readonly Output[],
  report: DriftReport,
  setting: Pick<Setting, "projectFile" | "comparison">,
  terminal: Terminal,
): void {
  const failures: unknown[] = [];
  for (const { format, file } of outputs) {
    if (file === undefined) {
      const { colours, width } = terminal;
      terminal.write(formats[format](report, { ...setting, colours, ...(width === undefined ? {} : { width }) }));
      continue;
    }
    const text = formats[format](report, { ...setting, colours: false });
    try {
      attempt(file, () => writeFileSync(file, text));
    } catch (error) {
      failures.push(error);
    }
  }
  // Somebody who looks at the terminal sees that it has ended, and how.
  if (outputs.length > 0 && outputs.every(({ file }) => file !== undefined)) {
    terminal.tell(`Drift of ${stackTitle(report)}: ${countsText(report.summary)}\n`);
  }
  if (failures.length > 0) throw failures[0];
}

function attempt(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as Error).message}`);
  }
}
