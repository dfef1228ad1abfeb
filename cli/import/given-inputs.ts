/** Inputs that the platform does not tell: behind the id, and in a file. */
import { readFile } from "node:fs/promises";
import { messageOf } from "../../provider/errors";
import { merge } from "../../provider/inputs/nested";
import { parseImportIdentifier } from "../../provider/lifecycle/import-identifier";
import type { ImportIdentifier } from "../../provider/lifecycle/import-identifier";
import { isRecord } from "../../provider/resources/resource-kind";
import { CommandError } from "../command-error";

/** Those behind the id win. @throws CommandError when the file is no object in JSON. */
export async function readGivenInputs(identifier: string, file: string | undefined): Promise<ImportIdentifier> {
  const { id, given } = parseImportIdentifier(identifier);
  return { id, given: file === undefined ? given : merge(await readInputs(file), given) };
}

async function readInputs(file: string): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new CommandError(
      `the inputs in ${file} cannot be read: ${error instanceof SyntaxError ? "it is not JSON" : messageOf(error)}`,
    );
  }
  if (!isRecord(value)) throw new CommandError(`${file} must hold an object: the inputs of the platform's block`);
  return value;
}
