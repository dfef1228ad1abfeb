/** Finds secrets in what was written or printed, however they are spelt there. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface Leak {
  /** The secret's name. */
  secret: string;
  /** The source's name. */
  source: string;
  /** How the secret is spelt there: `plain`, `base64`, … */
  spelling: string;
  /** The secret, and what stands around it. */
  excerpt: string;
}

/** Shorter ones would be found by chance. Characters. */
const shortestSecret = 8;
const excerptAround = 80;

/**
 * Every occurrence of a secret in the sources and in their names.
 *
 * @param secrets values by the names under which they are reported.
 * @param sources what is searched, by names such as `stderr of up`; see `readFolder`.
 */
export function findLeaks(secrets: Record<string, string>, sources: Record<string, string | Buffer>): Leak[] {
  const searched = Object.entries(sources).flatMap(([source, content]): [string, Buffer][] => [
    [source, Buffer.from(content)],
    [`the name ${source}`, Buffer.from(source)],
  ]);
  return Object.entries(secrets).flatMap(([secret, value]) =>
    [...spellingsOf(secret, value)].flatMap(([spelt, spelling]) =>
      searched.flatMap(([source, content]) =>
        placesOf(Buffer.from(spelt), content).map((at) => ({
          secret,
          source,
          spelling,
          excerpt: content.toString("utf8", Math.max(0, at - excerptAround), at + spelt.length + excerptAround),
        })),
      ),
    ),
  );
}

/** All files of a folder, by their paths in it. Links are not followed. */
export function readFolder(folder: string): Record<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [relative(folder, file), readFileSync(file)];
    }),
  );
}

function placesOf(text: Buffer, content: Buffer): number[] {
  const places: number[] = [];
  for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + 1)) places.push(at);
  return places;
}

/** What to look for, and how it is called. A text that several spellings share stands once. */
function spellingsOf(name: string, secret: string): Map<string, string> {
  if (secret.length < shortestSecret) throw new Error(`${name} is too short to be told from other text`);
  const json = jsonOf(secret);
  const hex = Buffer.from(secret).toString("hex");
  const named = (spelling: string, texts: string[]): [string, string][] => texts.map((text) => [text, spelling]);
  const spellings = [
    ...named("plain", [secret]),
    ...named("JSON", json),
    ...named("JSON in JSON", json.flatMap(jsonOf)),
    // A request that is repeated whole brings its JSON along.
    ...[secret, ...json].flatMap((text) => [
      ...named("URL-encoded", percentOf(text)),
      ...named("form", [new URLSearchParams({ "": text }).toString().slice(1)]),
      ...named("HTML", htmlOf(text)),
      ...base64Of(text),
    ]),
    ...named("hex", [hex, hex.toUpperCase()]),
  ];
  // The first name of a text stays.
  return new Map(spellings.reverse());
}

/** Characters that a URL may hold as they are are left so by some encoders. */
function percentOf(text: string): string[] {
  const percent = encodeURIComponent(text);
  return [percent, percent.replace(/%../g, (code) => code.toLowerCase()), encodeURI(text)];
}

/** As JavaScript writes it, in ASCII alone, and as Go writes it, which escapes what HTML would read. */
function jsonOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const unicode = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return [json, json.replace(/[^ -~]/g, unicode), json.replace(/[<>&\u2028\u2029]/g, unicode)];
}

/** Each kind of quote as it is, or in one of its usual spellings. */
function htmlOf(text: string): string[] {
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return ['"', "&quot;", "&#34;"].flatMap((quote) =>
    ["'", "&#39;", "&#x27;", "&apos;"].map((apostrophe) => html.replaceAll('"', quote).replaceAll("'", apostrophe)),
  );
}

/** As part of a longer text, whose bytes before the secret decide how it is cut into groups of six bits. */
function base64Of(secret: string): [string, string][] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    // Characters that hold bits of a neighbour are left out.
    const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)];
    return [
      [shifted.toString("base64").slice(from, to), "base64"],
      [shifted.toString("base64url").slice(from, to), "base64url"],
    ] as [string, string][];
  });
}
