/**
 * Writes the schema of the Pulumi package, its reference pages, and JSON schemas of inputs and of a drift report, from
 * the plain types. `--check` fails when they are stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as prettier from "prettier";
import { referencePages } from "./package-reference";
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

/** All files, by their paths. */
async function generateAll(): Promise<Map<string, string>> {
  const whole = packageSchema((type) => schemaOf(type, forPackage));
  const files = new Map(sources.map((source) => [`schema/${source.file}`, generate(source)]));
  files.set("schema/pulumi-package.json", format(whole));
  for (const [name, page] of referencePages(whole)) files.set(`docs/reference/${name}`, await pretty(page));
  return files;
}

async function pretty(page: string): Promise<string> {
  const settings = await prettier.resolveConfig(join(root, "README.md"));
  return prettier.format(page, { ...settings, parser: "markdown" });
}

async function main(): Promise<void> {
  const check = process.argv.includes("--check");
  for (const [file, text] of await generateAll()) {
    const path = join(root, file);
    if (!check) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
      console.error(`${file} is stale; run \`npm run schema\` and commit it`);
      process.exitCode = 1;
    }
  }
}

void main();
