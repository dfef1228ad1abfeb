/** Reads XML strictly, as far as a report needs it: elements, attributes, text and the five entities. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** @throws where it is not well-formed. */
export function parseXml(source: string): Element {
  // The characters that XML 1.0 allows.
  const foreign = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(source);
  if (foreign !== null) throw new Error(`not a character of XML: ${JSON.stringify(foreign[0])}`);
  const body = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const token = /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body);
    if (match === null) throw new Error(`not well-formed at ${JSON.stringify(body.slice(at, at + 40))}`);
    const [, closes, name = "", written = "", empty, text] = match;
    const parent = open.at(-1) ?? top;
    if (text !== undefined) parent.text += decode(text);
    else if (closes === "/") {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const element: Element = { name, attributes: attributesOf(written), children: [], text: "" };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || root === undefined) throw new Error("not one whole element");
  return root;
}

function attributesOf(written: string): Record<string, string> {
  return Object.fromEntries(
    [...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, decode(value)]),
  );
}

function decode(text: string): string {
  const bare = text.replace(/&(\w+);/g, (whole, name: string) => {
    const found = entities[name];
    if (found === undefined) throw new Error(`no such entity: ${whole}`);
    return found === "&" ? "\u0001" : found;
  });
  if (bare.includes("&")) throw new Error(`a bare & in ${JSON.stringify(text)}`);
  return bare.replaceAll("\u0001", "&");
}
