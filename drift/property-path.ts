/** Paths of properties as Pulumi writes them: `deepinfra.settings`, `tags["a.b"]`, `list[0]`, `*` for any member. */

export type PropertyPath = readonly (string | number)[];

const name = /^[^.[\]"*\s]+/;
const wildcard = /^\*/;
const index = /^\[(\d+|\*)\]/;
const quoted = /^\[("(?:[^"\\]|\\.)*")\]/;

/** @returns undefined for what is no path. */
export function parsePropertyPath(text: string): PropertyPath | undefined {
  const path: (string | number)[] = [];
  let rest = text;
  while (rest !== "") {
    const isFirst = path.length === 0;
    const bracket = quoted.exec(rest) ?? index.exec(rest);
    const [dot, afterDot] = !isFirst && rest.startsWith(".") ? [1, rest.slice(1)] : [0, isFirst ? rest : ""];
    const token = bracket ?? name.exec(afterDot) ?? wildcard.exec(afterDot);
    if (token === null) return undefined;
    path.push(memberIn(token));
    rest = rest.slice(token[0].length + (bracket === null ? dot : 0));
  }
  return path.length === 0 ? undefined : path;
}

/** As a user writes it. */
export function formatPropertyPath(path: PropertyPath): string {
  return path.reduce<string>((text, member) => {
    if (typeof member === "number") return `${text}[${member}]`;
    if (member !== "*" && name.exec(member)?.[0] !== member) return `${text}[${JSON.stringify(member)}]`;
    return text === "" ? member : `${text}.${member}`;
  }, "");
}

/** Whether the path is the pattern's, or below it. */
export function covers(pattern: PropertyPath, path: PropertyPath): boolean {
  return (
    pattern.length <= path.length && pattern.every((part, at) => part === "*" || String(part) === String(path[at]))
  );
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(root: unknown, path: PropertyPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  );
}

function memberIn([whole, inner]: RegExpExecArray): string | number {
  if (inner === undefined || inner === "*") return inner ?? whole;
  return inner.startsWith('"') ? textIn(inner) : Number(inner);
}

/** Only quotes and backslashes are escaped. */
function textIn(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, "$1");
}
