/** Reference pages, from the package's schema. */
import type { PackageSpecification } from "../package-schema/specification";
import { partsOf } from "./description";
import { functionPage } from "./function-page";
import { note } from "./page";
import { providerPage, resourcePage } from "./resource-page";

interface Entry {
  /** As programs name it. */
  name: string;
  description: string;
  page: string;
}

/** @returns the pages by their files' names. */
export function referencePages(schema: PackageSpecification): Map<string, string> {
  const { types, provider } = schema;
  const resources = entriesOf(schema.resources, (name, token, resource) => resourcePage(name, token, resource, types));
  const functions = entriesOf(schema.functions, (name, _token, one) => functionPage(name, one, types));
  const account = { name: "Provider", description: provider.description, page: providerPage(provider) };
  const entries = [...resources, account, ...functions];
  return new Map([
    ...entries.map(({ name, page }) => [fileOf(name), page] as const),
    ["README.md", indexPage([...resources, account], functions)],
  ]);
}

function entriesOf<Specification extends { description: string }>(
  specifications: Record<string, Specification>,
  pageOf: (name: string, token: string, specification: Specification) => string,
): Entry[] {
  return Object.entries(specifications).map(([token, specification]) => {
    const name = token.split(":").at(-1) ?? token;
    return { name, description: specification.description, page: pageOf(name, token, specification) };
  });
}

function indexPage(resources: Entry[], functions: Entry[]): string {
  return `${note}

# Reference

Of the package \`inference\`, as its [schema](../../schema/pulumi-package.json) says; how it is set up in each language
is in [the native plugin](../native.md). Names are those of TypeScript and YAML: Python has \`model_name\` for
\`modelName\`, and Go \`ModelName\`. Resources and their inputs are the same in the form of
[dynamic resources](../../README.md); functions are the plugin's alone.

## Resources

${resources.map(line).join("\n")}

## Functions

${functions.map(line).join("\n")}
`;
}

function line({ name, description }: Entry): string {
  const [first = ""] = partsOf(description).text.split("\n");
  return `- [\`${name}\`](${fileOf(name)}): ${first}`;
}

/** `getGpuAvailability` is in `get-gpu-availability.md`. */
function fileOf(name: string): string {
  return `${name.replace(/(?<=.)[A-Z]/g, "-$&").toLowerCase()}.md`;
}
