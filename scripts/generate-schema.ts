/** Writes the JSON schemas of the resources' inputs, and of a drift report, from the plain types. `--check` fails when they are stale. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as typescriptJsonSchema from "typescript-json-schema";

const root = resolve(__dirname, "..");

interface Source {
  type: string;
  source: string;
  file: string;
  /** Readers must bear members that a later version adds. */
  isOpen?: boolean;
}

const sources: Source[] = [
  { type: "ModelDeploymentInputs", source: "provider/resources/model-deployment.ts", file: "model-deployment.json" },
  { type: "LiveDeploymentInputs", source: "provider/resources/live-deployment.ts", file: "live-deployment.json" },
  { type: "DriftReport", source: "drift/report.ts", file: "drift-report.json", isOpen: true },
];

function generate({ type, source, isOpen = false }: Source): string {
  const program = typescriptJsonSchema.getProgramFromFiles([join(root, source)], {
    strictNullChecks: true,
    exactOptionalPropertyTypes: false,
    skipLibCheck: true,
    moduleResolution: "node",
    target: "es2022",
    esModuleInterop: true,
    types: ["node"],
  });
  const schema = typescriptJsonSchema.generateSchema(program, type, {
    required: true,
    noExtraProps: !isOpen,
    ref: false,
    titles: false,
    ignoreErrors: true,
  });
  if (schema === null) throw new Error(`no schema could be made of ${type} in ${source}`);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const check = process.argv.includes("--check");
let stale = 0;
for (const source of sources) {
  const { file } = source;
  const path = join(root, "schema", file);
  const text = generate(source);
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`schema/${file} is stale; run \`npm run schema\` and commit it`);
    stale += 1;
  }
}
process.exit(stale === 0 ? 0 : 1);
