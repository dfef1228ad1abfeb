/** Writes the schema of the Pulumi package, and JSON schemas of inputs and of a drift report, from the plain types. `--check` fails when they are stale. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { packageSchema, packageSources } from "./package-schema";
import { forPackage, readTypes } from "./package-schema/typescript-types";

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

function generate({ type, isOpen = false }: Source): string {
  return format(schemaOf(type, { noExtraProps: !isOpen, ref: false }));
}

const { schemaOf } = readTypes(
  [...new Set([...sources.map(({ source }) => source), ...packageSources])].map((file) => join(root, file)),
);

function format(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const check = process.argv.includes("--check");
let stale = 0;
const files = new Map<string, string>();
for (const source of sources) files.set(source.file, generate(source));
const whole = packageSchema((type) => schemaOf(type, forPackage));
files.set("pulumi-package.json", format(whole));

for (const [file, text] of files) {
  const path = join(root, "schema", file);
  if (!check) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`schema/${file} is stale; run \`npm run schema\` and commit it`);
    stale += 1;
  }
}
process.exit(stale === 0 ? 0 : 1);
