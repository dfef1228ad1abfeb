/** Members of objects, and the types that they are made of, as lists. */
import type { ObjectSpecification, PropertySpecification, TypeReference, Types } from "../package-schema/specification";

type Members = ObjectSpecification["properties"];

/** Said of outputs. */
export const mayBeAbsent = "may be absent";

/** @param required the names of those that are always there. @param otherwise said of the others. */
export function memberList(members: Members, required: readonly string[] = [], otherwise?: string): string {
  const lines = Object.entries(members).map(([name, member]) => {
    const presence = required.includes(name)
      ? otherwise === undefined
        ? ["required"]
        : []
      : [otherwise ?? "optional"];
    const marks = [...presence, ...(member.secret ? ["secret"] : []), ...effectOf(member)];
    const gone = member.deprecationMessage === undefined ? "" : ` **Deprecated:** ${member.deprecationMessage}`;
    return `- **\`${name}\`** (${[typeText(member), ...marks].join(", ")}): ${textOf(member)}${gone}`;
  });
  return lines.join("\n");
}

/** All types that inputs and outputs are made of, each with its own members or values. */
export function typeSections(types: Types, inputs: Members, outputs: Members): string {
  const given = namesIn(types, [inputs]);
  const sections = namesIn(types, [inputs, outputs]).map((name) => {
    const otherwise = given.includes(name) ? undefined : mayBeAbsent;
    const type = types[`inference:index:${name}`];
    if (type === undefined) throw new Error(`there is no type ${name}`);
    const content =
      "enum" in type
        ? `One of ${type.enum.map(({ value }) => (value === "" ? "an empty text" : `\`${value}\``)).join(", ")}.`
        : memberList(type.properties, type.required, otherwise);
    return [`### ${name}`, type.description, content].filter((part) => part !== undefined).join("\n\n");
  });
  return sections.length === 0 ? "" : `## Types\n\n${sections.join("\n\n")}`;
}

/** What the mark says need not be said again. */
function textOf({ description = "", willReplaceOnChanges }: PropertySpecification): string {
  return willReplaceOnChanges ? description.replace(" Changing this replaces the deployment.", "") : description;
}

function effectOf({ willReplaceOnChanges }: PropertySpecification): string[] {
  return willReplaceOnChanges ? ["replaces"] : [];
}

function typeText({ type, $ref, items, additionalProperties, oneOf }: TypeReference): string {
  if (oneOf !== undefined) return oneOf.map(typeText).join(" or ");
  if ($ref === "pulumi.json#/Any") return "any";
  if ($ref !== undefined) return `[${nameOf($ref)}](#${nameOf($ref).toLowerCase()})`;
  if (items !== undefined) return `list of ${typeText(items)}`;
  if (additionalProperties !== undefined) return `map of ${typeText(additionalProperties)}`;
  return type ?? "any";
}

/** In the order in which a reader meets them. */
function namesIn(types: Types, groups: Members[]): string[] {
  const names = new Set<string>();
  const visit = (reference: TypeReference): void => {
    const { $ref, items, additionalProperties, oneOf = [] } = reference;
    [...oneOf, items, additionalProperties].forEach((part) => part !== undefined && visit(part));
    if ($ref === undefined || $ref === "pulumi.json#/Any" || names.has(nameOf($ref))) return;
    names.add(nameOf($ref));
    const type = types[`inference:index:${nameOf($ref)}`];
    if (type !== undefined && "properties" in type) Object.values(type.properties).forEach(visit);
  };
  groups.flatMap((members) => Object.values(members)).forEach(visit);
  return [...names];
}

function nameOf(reference: string): string {
  return reference.split(":").at(-1) ?? reference;
}
