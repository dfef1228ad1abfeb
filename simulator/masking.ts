/** Takes secrets out of what is shown. */
import type { Credentials } from "./credentials";

export const mask = "[secret]";

const secretHeader = /authorization|api-?key|token|secret|password|cookie/i;
const secretField = /(token|secret|password|credential|api_?key)s?$/i;
/** `Basic …` and `Bearer …` keep the word that says how the credential was sent. */
const scheme = /^(basic|bearer)\s/i;

/** Headers, with the values of those masked that carry credentials. */
export function maskHeaders(headers: Record<string, string>, credentials: Credentials): Record<string, string> {
  return mapValues(headers, (value, name) => {
    if (!secretHeader.test(name)) return maskText(value, credentials);
    return `${scheme.exec(value)?.[0] ?? ""}${mask}`;
  });
}

/** Query parameters, with those masked whose names sound secret. */
export function maskQuery(query: Record<string, string>, credentials: Credentials): Record<string, string> {
  return mapValues(query, (value, name) => (secretField.test(name) ? mask : maskText(value, credentials)));
}

/**
 * A body, with texts masked at the given paths and in fields whose names sound secret. A body that
 * is no JSON is not shown at all, since nothing tells where its secrets are.
 */
export function maskBody(body: unknown, secretFields: readonly string[], credentials: Credentials): unknown {
  if (typeof body === "string") return `[${body.length} characters that are not JSON]`;
  const paths = secretFields.map((path) => path.split("."));
  return maskValue(body, [], paths, credentials);
}

/** A text in which the simulator's own credentials are masked. */
export function maskText(text: string, credentials: Credentials): string {
  return spellingsOf(credentials).reduce((shown, secret) => shown.replaceAll(secret, mask), text);
}

/** They never change, and there are many texts. */
const knownSpellings = new WeakMap<Credentials, readonly string[]>();

function spellingsOf(credentials: Credentials): readonly string[] {
  const known = knownSpellings.get(credentials);
  if (known !== undefined) return known;
  const secrets = Object.entries<string>({ ...credentials }).filter(([name]) => !/(username|clientId)$/i.test(name));
  const all = secrets.flatMap(([, secret]) => [secret, encodeURIComponent(secret)]).filter((secret) => secret !== "");
  const spellings = [...new Set(all)];
  knownSpellings.set(credentials, spellings);
  return spellings;
}

function maskValue(value: unknown, path: string[], secretPaths: string[][], credentials: Credentials): unknown {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, path, secretPaths, credentials));
  if (typeof value === "object" && value !== null) {
    return mapValues(value as Record<string, unknown>, (member, name) =>
      maskValue(member, [...path, name], secretPaths, credentials),
    );
  }
  if (secretPaths.some((secret) => covers(secret, path))) return mask;
  if (typeof value !== "string") return value;
  return secretField.test(path.at(-1) ?? "") ? mask : maskText(value, credentials);
}

/** Whether `path` is the secret one or lies below it. */
function covers(secret: string[], path: string[]): boolean {
  return secret.length <= path.length && secret.every((name, index) => name === "*" || name === path[index]);
}

function mapValues<In, Out>(record: Record<string, In>, map: (value: In, name: string) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
