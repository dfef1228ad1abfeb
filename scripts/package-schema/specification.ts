/** The part of Pulumi's package schema that is used here. */

export interface TypeReference {
  type?: string;
  $ref?: string;
  items?: TypeReference;
  additionalProperties?: TypeReference;
  oneOf?: TypeReference[];
}

export interface PropertySpecification extends TypeReference {
  description?: string;
  deprecationMessage?: string;
  secret?: boolean;
  willReplaceOnChanges?: boolean;
}

export interface ObjectType {
  type: "object";
  description?: string;
  properties: Record<string, PropertySpecification>;
  required?: string[];
}

export interface EnumType {
  type: "string";
  description?: string;
  enum: { name: string; value: string }[];
}

/** What a function takes, or what it gives. */
export type ObjectSpecification = Omit<ObjectType, "type">;

export interface FunctionSpecification {
  description: string;
  inputs: ObjectSpecification;
  outputs: ObjectSpecification;
}

export interface ResourceSpecification {
  description: string;
  inputProperties: Record<string, PropertySpecification>;
  requiredInputs?: string[];
  /** The inputs are among them. */
  properties: Record<string, PropertySpecification>;
  required: string[];
}

export interface PackageSpecification {
  config: { variables: Record<string, PropertySpecification> };
  types: Types;
  provider: Pick<ResourceSpecification, "description" | "inputProperties">;
  resources: Record<string, ResourceSpecification>;
  functions: Record<string, FunctionSpecification>;
}

export type Types = Record<string, ObjectType | EnumType>;

/** `DeepInfraInputs` is `DeepInfra` there, since languages put `Args` behind it; `DeepInfraKnownGpu` is `DeepInfraGpu`. */
export const token = (name: string): string => `inference:index:${name.replace(/Inputs$/, "").replace("Known", "")}`;
/** Any JSON. */
export const anything: TypeReference = { $ref: "pulumi.json#/Any" };
export const reference = (name: string): TypeReference => ({ $ref: `#/types/${token(name)}` });

/** A member's name for a value in languages that have enums: `g4dn.xlarge` is `G4dn_xlarge`. */
export function enumOf(values: readonly string[], description?: string): EnumType {
  const members = values.map((value) => ({ name: value === "" ? "None" : nameOf(value), value }));
  return { type: "string", ...(description === undefined ? {} : { description }), enum: members };
}

function nameOf(value: string): string {
  const plain = value.replace(/[^A-Za-z0-9]+/g, "_");
  const shouted = /^[A-Z]+$/.test(plain) && plain.length > 4 ? plain.toLowerCase() : plain;
  return `${shouted.charAt(0).toUpperCase()}${shouted.slice(1)}`;
}

/** Comments are wrapped for the source; a paragraph is one line here. */
export function paragraphs(text: string): string {
  return text.replace(/([^\n])\n(?![\n-])/g, "$1 ").trim();
}
