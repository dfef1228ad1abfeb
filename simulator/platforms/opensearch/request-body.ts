/** Bodies as the cluster parses them: an object, without nulls. */
import type { Exchange } from "../../platform";
import { jsonError, nullError, parsingError } from "./errors";

export type Body = Record<string, unknown>;

export interface BodyRules {
  /** The documented fields; undefined where any are (searches). */
  fields?: readonly string[];
  /** Fields with lists of texts. */
  lists?: readonly string[];
}

/** The body, `{}` when there is none, or the answer that refuses it. Records what a client must not send. */
export function readBody(exchange: Exchange, { fields, lists = [] }: BodyRules): Body | Response {
  const { rawBody } = exchange;
  if (rawBody === "") return {};
  const parsed = parse(rawBody);
  if (parsed instanceof Response) return parsed;
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return notAnObject(parsed);
  const body = parsed as Body;
  for (const name of Object.keys(body)) {
    if (fields !== undefined && !fields.includes(name)) exchange.violation(`${name}: not documented`);
  }
  const nullPath = findNull(body);
  if (nullPath !== undefined) {
    exchange.violation(`${nullPath}: null`);
    // Measured for one field of a registration. The column is that of the null.
    return nullError(columnOfNull(rawBody));
  }
  const noList = lists.find((name) => name in body && !isListOfTexts(body[name]));
  return noList === undefined ? body : notAList(body[noList]);
}

export function textsIn(body: Body, name: string): string[] {
  return (body[name] as string[] | undefined) ?? [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const isCut = /end of JSON|Unterminated/.test((error as Error).message);
    // The second text was not captured.
    return isCut
      ? jsonError("json_e_o_f_exception", "Unexpected end-of-input within/between Object entries", text.length + 1)
      : jsonError("json_parse_exception", "Unexpected character: was expecting a valid value", 1);
  }
}

function notAnObject(value: unknown): Response {
  return parsingError(
    `Failed to parse object: expecting token of type [START_OBJECT] but found [${tokenOf(value)}]`,
    1,
  );
}

/** Inferred from the message for an array in place of an object. */
function notAList(value: unknown): Response {
  return parsingError(`Failed to parse object: expecting token of type [START_ARRAY] but found [${tokenOf(value)}]`, 1);
}

function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return "START_ARRAY";
  if (value === null) return "VALUE_NULL";
  if (typeof value === "object") return "START_OBJECT";
  return `VALUE_${typeof value === "boolean" ? "BOOLEAN" : typeof value}`.toUpperCase();
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function findNull(value: unknown, path = ""): string | undefined {
  if (value === null) return path;
  if (typeof value !== "object") return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = findNull(member, path === "" ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function columnOfNull(text: string): number {
  const match = /[:[,]\s*null/.exec(text);
  return match === null ? 1 : match.index + match[0].length - "null".length + 1;
}
