/** The outputs, from the class that has them in TypeScript, with their documentation. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as typescript from "typescript";
import { anything, paragraphs, reference } from "./specification";
import type { PropertySpecification, TypeReference } from "./specification";

export interface Outputs {
  properties: Record<string, PropertySpecification>;
  /** All but those that may be undefined. */
  required: string[];
}

/** @param name of the file in `sdk/` that has the class. */
export function readOutputs(name: string): Outputs {
  const file = join(__dirname, "..", "..", "sdk", name);
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
  });
  return outputs;
}

function typeOf(written: string): TypeReference {
  if (written === "string" || written === "boolean") return { type: written };
  // The only number is a count.
  if (written === "number") return { type: "integer" };
  if (/^[A-Z]\w+$/.test(written)) return reference(written);
  const [, item] = /^\{ \[\w+: string\]: (\w+) \}$/.exec(written) ?? [];
  if (item !== undefined) return { type: "object", additionalProperties: item === "unknown" ? anything : typeOf(item) };
  throw new Error(`an output has the type ${written}, which is not understood`);
}

function documentation(node: typescript.Node): string {
  const [comment] = typescript.getJSDocCommentsAndTags(node);
  return (
    (comment !== undefined && typescript.isJSDoc(comment) && typescript.getTextOfJSDocComment(comment.comment)) || ""
  );
}
