/**
 * The ids that an import takes: those of resources, and after a question mark inputs that the platform
 * does not tell, by their paths within the platform's block: `kore/cm-1?modelType=openSource&name=Chat`.
 */
import { isRecord } from "../resources/resource-kind";

export interface ImportId {
  /** The resource's. */
  id: string;
  inputs: Record<string, unknown>;
}

export function parseImportId(text: string): ImportId {
  const mark = text.indexOf("?");
  if (mark < 0) return { id: text, inputs: {} };
  const given = [...new URLSearchParams(text.slice(mark + 1))];
  return {
    id: text.slice(0, mark),
    inputs: given.reduce<Record<string, unknown>>(
      (inputs, [path, value]) => withValueAt(inputs, path.split("."), valueOf(value)),
      {},
    ),
  };
}

/** Numbers, booleans and lists are written as in JSON; anything else is a text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function withValueAt(
  root: Record<string, unknown>,
  [key = "", ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const below = root[key];
  return { ...root, [key]: rest.length === 0 ? value : withValueAt(isRecord(below) ? below : {}, rest, value) };
}
