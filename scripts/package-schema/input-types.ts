/**
 * Types of inputs, and of what functions give, from the plain TypeScript types, with what only the checks know (whole numbers) and
 * what only the rules know (what is replaced, what is secret).
 */
import { z } from "zod";
import { anything, enumOf, paragraphs, reference, token } from "./specification";
import type { ObjectType, PropertySpecification, TypeReference, Types } from "./specification";

/** A JSON schema, as the generators of TypeScript types and of zod write it. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  description?: string;
  default?: unknown;
  /** The text behind `@deprecated`. */
  deprecated?: string | boolean;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  enum?: string[];
  definitions?: Record<string, JsonSchema>;
}

/** What is said of an input by its path, relative to the platform's block. */
export interface Facts {
  replaces(path: string): boolean;
  isSecret(path: string): boolean;
}

export interface Source {
  definitions: Record<string, JsonSchema>;
  /** Sets of texts that grow: the type of the known ones, by the type and the property. */
  openSets: Record<string, string>;
  types: Types;
}

/** What the checks know. */
export function jsonOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
}

/** Adds the named type, and all that it is made of, to the source's types. */
export function addType(source: Source, name: string, checked: JsonSchema, facts: Facts, path = ""): TypeReference {
  const definition = source.definitions[name];
  if (definition === undefined) throw new Error(`there is no type ${name}`);
  source.types[token(name)] ??=
    definition.enum === undefined
      ? objectType(source, name, definition, checked, facts, path)
      : enumOf(definition.enum, described(definition).description);
  return reference(name);
}

function objectType(
  source: Source,
  name: string,
  definition: JsonSchema,
  checked: JsonSchema,
  facts: Facts,
  path: string,
): ObjectType {
  const properties = inputProperties(source, name, definition, checked, facts, path);
  if (Object.keys(properties).length === 0) throw new Error(`${name} has no members`);
  const { description } = described(definition);
  return {
    type: "object",
    ...(description ? { description } : {}),
    properties,
    ...(definition.required === undefined ? {} : { required: definition.required }),
  };
}

export function inputProperties(
  source: Source,
  owner: string,
  definition: JsonSchema,
  checked: JsonSchema,
  facts: Facts,
  path = "",
): Record<string, PropertySpecification> {
  const entries = Object.entries(definition.properties ?? {}).map(([key, member]) => {
    const below = path === "" ? key : `${path}.${key}`;
    const type = typeOf(source, `${owner}.${key}`, member, checked.properties?.[key] ?? {}, facts, below);
    const isLeaf = type.$ref === undefined || source.definitions[nameIn(member)]?.enum !== undefined;
    return [
      key,
      {
        ...type,
        ...described(member, source.definitions[nameIn(member)]),
        ...(facts.isSecret(below) ? { secret: true } : {}),
        ...(isLeaf && facts.replaces(below) ? { willReplaceOnChanges: true } : {}),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function typeOf(
  source: Source,
  place: string,
  member: JsonSchema,
  checked: JsonSchema,
  facts: Facts,
  path: string,
): TypeReference {
  const open = source.openSets[place];
  if (open !== undefined) return { oneOf: [{ type: "string" }, addType(source, open, {}, facts)] };
  if (member.$ref !== undefined) return addType(source, nameIn(member), checked, facts, path);
  if (member.enum !== undefined) return namelessEnum(source, place, member.enum);
  if (member.type === "array") {
    const items = typeOf(source, place, member.items ?? {}, checked.items ?? {}, facts, path);
    return { type: "array", items };
  }
  if (typeof member.additionalProperties === "object") {
    const { $ref, type } = member.additionalProperties;
    if ($ref !== undefined) {
      return { type: "object", additionalProperties: addType(source, nameIn(member.additionalProperties), {}, facts) };
    }
    return { type: "object", additionalProperties: type === undefined ? anything : { type } };
  }
  if (member.type === undefined) throw new Error(`${place} has no type`);
  return { type: checked.type === "integer" ? "integer" : member.type };
}

/** `KoreOptimizationInfo.quantizationType` becomes `KoreQuantizationType`. */
function namelessEnum(source: Source, place: string, values: readonly string[]): TypeReference {
  const [owner = "", key = ""] = place.split(".");
  // What both resources have bears the name of neither.
  const platform = owner.endsWith("DeploymentInputs") ? "" : (/^[A-Z][a-z]+/.exec(owner)?.[0] ?? "");
  const name = `${platform}${key.charAt(0).toUpperCase()}${key.slice(1)}`;
  source.types[token(name)] = enumOf(values);
  return reference(name);
}

function nameIn({ $ref = "" }: JsonSchema): string {
  return $ref.replace("#/definitions/", "");
}

interface Documentation {
  description?: string;
  deprecationMessage?: string;
}

function described(member: JsonSchema, definition?: JsonSchema): Documentation {
  const text = member.description ?? definition?.description;
  const isSaid = member.default === undefined;
  return {
    ...(text === undefined
      ? {}
      : { description: isSaid ? paragraphs(text) : `${paragraphs(text)} Default: ${defaultText(member.default)}.` }),
    ...(member.deprecated === undefined ? {} : { deprecationMessage: deprecation(member.deprecated) }),
  };
}

function deprecation(message: string | boolean): string {
  if (typeof message !== "string" || message === "")
    throw new Error("`@deprecated` stands without what to use instead");
  return paragraphs(message);
}

function defaultText(value: unknown): string {
  return typeof value === "string" && value.includes(" ") ? value : `\`${JSON.stringify(value)}\``;
}
