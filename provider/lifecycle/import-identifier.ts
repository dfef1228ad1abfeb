/** What names a deployment that is to be imported: its id, and inputs that its platform does not tell. */
import { ProviderError } from "../errors";
import { withValueAt } from "../inputs/nested";

export interface ImportIdentifier {
  /** `<platform>/<the platform's own id>`. */
  id: string;
  /** Inputs of the platform's block. */
  given: Record<string, unknown>;
}

/**
 * Reads `kore/cm-1?modelType=openSource&hyperParameters.topK=50`: the inputs stand behind the id, by their
 * dotted paths. A value that is JSON is taken as such (`50`, `true`, `["a"]`), any other as a text.
 */
export function parseImportIdentifier(text: string): ImportIdentifier {
  const mark = text.indexOf("?");
  if (mark < 0) return { id: text, given: {} };
  let given: Record<string, unknown> = {};
  for (const [path, value] of new URLSearchParams(text.slice(mark + 1))) {
    const segments = path.split(".");
    if (segments.some((segment) => segment === "" || segment === "__proto__")) {
      throw new ProviderError(`"${path}" behind the id is no path of an input; write \`<id>?modelType=openSource\``);
    }
    given = withValueAt(given, segments, valueOf(value));
  }
  return { id: text.slice(0, mark), given };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
