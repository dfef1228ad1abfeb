/** The lines of a program that name an imported deployment. Pure. */
import { isRecord } from "../../provider/resources/resource-kind";

export interface ProgramCode {
  /** `ModelDeployment`. */
  kind: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Names of the resources that stand for the options. */
  parent?: string | undefined;
  provider?: string | undefined;
  protect: boolean;
}

/** In TypeScript, as a person would write it. */
export function programCode({ kind, name, inputs, parent, provider, protect }: ProgramCode): string {
  const options = [
    ...(parent === undefined ? [] : [`parent: ${variableOf(parent)}`]),
    ...(provider === undefined ? [] : [`provider: ${variableOf(provider)}`]),
    ...(protect ? ["protect: true"] : []),
  ];
  const rest = options.length === 0 ? "" : `, { ${options.join(", ")} }`;
  return [
    'import * as inference from "pulumi-inference";',
    "",
    `const ${variableOf(name)} = new inference.${kind}(${JSON.stringify(name)}, ${literal(inputs, "")}${rest});`,
    "",
  ].join("\n");
}

function literal(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  if (!isRecord(value)) return visible(JSON.stringify(value));
  const inner = `${indent}  `;
  const members = Object.entries(value).map(([key, item]) => `${inner}${keyOf(key)}: ${literal(item, inner)},\n`);
  return members.length === 0 ? "{}" : `{\n${members.join("")}${indent}}`;
}

function keyOf(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) && key !== "__proto__" ? key : `[${visible(JSON.stringify(key))}]`;
}

/** Characters that command a terminal or turn the order of letters, as escapes: other people wrote the texts. */
function visible(text: string): string {
  return text.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `my-llama` becomes `myLlama`. */
function variableOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? lowered(word) : raised(word))).join("");
  if (!/^[a-z]/.test(joined)) return `deployment${joined}`;
  return reserved.has(joined) ? `${joined}Deployment` : joined;
}

function lowered(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

function raised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Words that cannot name a variable, and the name of the import. */
const reserved = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in inference instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield".split(
    " ",
  ),
);
