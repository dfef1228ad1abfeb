/** Reads the bodies of errors, whose shape nobody promises. */

/** Fits a few lines of a terminal. Characters. */
const longest = 400;
/** What is looked through for tags and spaces: a page that has no sentence in here has none to show. Characters. */
const longestRead = 64 * 1024;

/** The JSON of a body, or undefined when it is none. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** One line of at most 400 characters. The tags of a page of HTML, as proxies send it, are left out. */
export function shorten(whole: string): string {
  const text = whole.slice(0, longestRead);
  const plain = /^\s*</.test(text) ? text.replace(/<(style|script)\b[^]*?(<\/\1>|$)|<[^>]*(>|$)/gi, " ") : text;
  const line = plain.replace(/\s+/g, " ").trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** A member of an object; undefined when there is none, or no object. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** The first that is a text and not empty. */
export function firstText(...candidates: unknown[]): string | undefined {
  return candidates.find((candidate): candidate is string => typeof candidate === "string" && candidate.trim() !== "");
}
