import type { FunctionSpecification, Types } from "../package-schema/specification";
import { partsOf } from "./description";
import { mayBeAbsent, memberList, typeSections } from "./members";
import { page } from "./page";

export function functionPage(name: string, { description, inputs, outputs }: FunctionSpecification, types: Types) {
  const { text, examples } = partsOf(description);
  return page(
    name,
    text,
    "It asks when the program runs, at each preview too, and changes nothing.",
    callForms(name),
    `## Examples\n\n${examples}`,
    `## Inputs\n\n${memberList(inputs.properties, inputs.required)}`,
    `## Outputs\n\n${memberList(outputs.properties, outputs.required, mayBeAbsent)}`,
    typeSections(types, inputs.properties, outputs.properties),
  );
}

/** Pulumi's languages each have a form that takes plain values, and one that takes outputs and gives one. */
function callForms(name: string): string {
  const python = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const go = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return `|            | with plain inputs | with outputs among the inputs |
| ---------- | ----------------- | ----------------------------- |
| TypeScript | \`await inference.${name}(args)\` | \`inference.${name}Output(args)\` |
| Python     | \`inference.${python}(…)\` | \`inference.${python}_output(…)\` |
| Go         | \`inference.${go}(ctx, args)\` | \`inference.${go}Output(ctx, args)\` |
| YAML       |                   | \`fn::invoke\` of \`inference:${name}\` |`;
}
