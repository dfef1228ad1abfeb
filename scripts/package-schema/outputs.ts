/** The outputs, from the class that has them in TypeScript: their types and their documentation. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as typescript from "typescript";
import { enumOf, paragraphs, reference, token } from "./specification";
import type { PropertySpecification, TypeReference, Types } from "./specification";

const file = join(__dirname, "..", "..", "sdk", "deployment-resource.ts");

export interface Outputs {
  properties: Record<string, PropertySpecification>;
  /** All but those that may be undefined. */
  required: string[];
}

/** Adds the types of the outputs to the given ones. */
export function readOutputs(types: Types): Outputs {
  const text = readFileSync(file, "utf8");
  const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.ES2022, true);
  const outputs: Outputs = { properties: {}, required: [] };
  const memberOf = (member: typescript.Node): void => {
    if (!typescript.isPropertyDeclaration(member) || member.type === undefined) return;
    const name = member.name.getText();
    const written = /^pulumi\.Output<(.*?)( \| undefined)?>$/.exec(member.type.getText());
    if (written === null) throw new Error(`the output ${name} has a type that is not understood`);
    outputs.properties[name] = { ...typeOf(written[1] ?? ""), description: paragraphs(documentation(member)) };
    if (written[2] === undefined) outputs.required.push(name);
  };
  source.statements.forEach((statement) => {
    if (typescript.isClassDeclaration(statement)) statement.members.forEach(memberOf);
    if (typescript.isInterfaceDeclaration(statement)) types[token(statement.name.text)] = counts(statement);
    if (typescript.isTypeAliasDeclaration(statement)) types[token(statement.name.text)] = words(statement);
  });
  return outputs;
}

function typeOf(written: string): TypeReference {
  if (written === "string" || written === "boolean") return { type: written };
  if (/^[A-Z]\w+$/.test(written)) return reference(written);
  if (written === "{ [fact: string]: unknown }") {
    return { type: "object", additionalProperties: { $ref: "pulumi.json#/Any" } };
  }
  throw new Error(`an output has the type ${written}, which is not understood`);
}

function counts(declaration: typescript.InterfaceDeclaration): Types[string] {
  const members = declaration.members.filter(typescript.isPropertySignature).map((member) => {
    if (member.type?.getText() !== "number") throw new Error(`${member.getText()} is no count`);
    return [member.name.getText(), { type: "integer", description: paragraphs(documentation(member)) }] as const;
  });
  const description = paragraphs(documentation(declaration));
  return { type: "object", description, properties: Object.fromEntries(members) };
}

function words(declaration: typescript.TypeAliasDeclaration): Types[string] {
  const values = [...declaration.type.getText().matchAll(/"([^"]*)"/g)].map(([, value = ""]) => value);
  return enumOf(values, paragraphs(documentation(declaration)));
}

function documentation(node: typescript.Node): string {
  const [comment] = typescript.getJSDocCommentsAndTags(node);
  return (
    (comment !== undefined && typescript.isJSDoc(comment) && typescript.getTextOfJSDocComment(comment.comment)) || ""
  );
}
