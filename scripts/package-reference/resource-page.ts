import type { PackageSpecification, ResourceSpecification, Types } from "../package-schema/specification";
import { partsOf } from "./description";
import { mayBeAbsent, memberList, typeSections } from "./members";
import { page } from "./page";

const marks =
  "*Replaces*: a change makes another deployment and removes this one; all else is changed in place, or says what it does.\n\n";

export function resourcePage(name: string, token: string, resource: ResourceSpecification, types: Types): string {
  const { text, examples, rest } = partsOf(resource.description);
  const { inputProperties, requiredInputs } = resource;
  const outputs = Object.fromEntries(
    Object.entries(resource.properties).filter(([key]) => !Object.hasOwn(inputProperties, key)),
  );
  return page(
    name,
    text,
    `Its type is \`${token}\`; \`${token.replace(":index:", ":")}\` in YAML.`,
    `## Examples\n\n${examples}`,
    `## Inputs\n\n${marks}${memberList(inputProperties, requiredInputs)}`,
    `## Outputs\n\nAll inputs, and:\n\n- **\`id\`** (string): \`<platform>/<deploymentId>\`.\n${memberList(outputs, resource.required, mayBeAbsent)}`,
    typeSections(types, inputProperties, outputs),
    rest,
  );
}

export function providerPage({ description, inputProperties }: PackageSpecification["provider"]): string {
  const { text, examples } = partsOf(description);
  return page(
    "Provider",
    text,
    "Its type is `pulumi:providers:inference`. The same settings can be given as a stack's config, as `inference:<name>`: see [Configuration](../../README.md#configuration).",
    `## Examples\n\n${examples}`,
    `## Inputs\n\n${memberList(inputProperties)}`,
  );
}
