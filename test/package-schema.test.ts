/** The package's schema, as far as Pulumi's own generators do not judge it. */
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as typescript from "typescript";
import { functions } from "../provider/functions/registry";
import { inputProperties } from "../scripts/package-schema/input-types";
import { forPackage, readTypes } from "../scripts/package-schema/typescript-types";

interface Member {
  description?: string;
}

interface Schema {
  resources: Record<string, { description: string }>;
  provider: { description: string };
  functions: Record<
    string,
    {
      description: string;
      inputs: { properties: Record<string, Member> };
      outputs: { properties: Record<string, Member> };
    }
  >;
}

const root = resolve(__dirname, "..");
const published = JSON.parse(readFileSync(join(root, "schema", "pulumi-package.json"), "utf8")) as Schema;

it("has every function, with examples in three languages, and each of its members documented", () => {
  const tokens = Object.keys(functions).map((name) => `inference:index:${name}`);

  expect(Object.keys(published.functions).sort()).toEqual(tokens.sort());
  for (const { description, inputs, outputs } of Object.values(published.functions)) {
    for (const language of ["typescript", "python", "yaml"]) expect(description).toContain(`\`\`\`${language}\n`);
    const members = [...Object.values(inputs.properties), ...Object.values(outputs.properties)];
    expect(members.filter((member) => !member.description)).toEqual([]);
  }
});

it("has examples in TypeScript that compile", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-inference-examples-"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const described = [...Object.values(published.resources), ...Object.values(published.functions), published.provider];
  const files = described.flatMap(({ description }, index) =>
    [...description.matchAll(/^```typescript\n(.*?)^```$/gms)].map(([, code = ""], example) => {
      const file = join(folder, `example-${index}-${example}.ts`);
      writeFileSync(file, code);
      return file;
    }),
  );
  const program = typescript.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: typescript.ScriptTarget.ES2022,
    module: typescript.ModuleKind.CommonJS,
    moduleResolution: typescript.ModuleResolutionKind.Node10,
  });
  const errors = typescript.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
  rmSync(folder, { recursive: true, force: true });

  expect(files).toHaveLength(described.length);
  expect(errors).toEqual([]);
});

describe("a deprecated input", () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-inference-types-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function propertiesOf(code: string): unknown {
    const file = join(folder, "made-up.ts");
    writeFileSync(file, code);
    const schema = readTypes([file]).schemaOf("MadeUp", forPackage);
    const facts = { replaces: () => false, isSecret: () => false };
    return inputProperties({ definitions: {}, openSets: {}, types: {} }, "MadeUp", schema, {}, facts);
  }

  it("says what to use instead", () => {
    const code =
      "export interface MadeUp {\n  /**\n   * Old.\n   *\n   * @deprecated Use\n   * `b`.\n   */\n  a?: string;\n  b?: string;\n}\n";

    expect(propertiesOf(code)).toEqual({
      a: { type: "string", description: "Old.", deprecationMessage: "Use `b`." },
      b: { type: "string" },
    });
  });

  it("must say it", () => {
    expect(() => propertiesOf("export interface MadeUp {\n  /** @deprecated */\n  a?: string;\n}\n")).toThrow(
      "`@deprecated` stands without what to use instead",
    );
  });
});
