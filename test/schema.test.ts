/** The published JSON schemas: fresh, and saying the same as the schemas that check the inputs. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Ajv from "ajv";
import { z } from "zod";
import { deepInfraBlock } from "../provider/platforms/deepinfra/schema";
import { koreBlock } from "../provider/platforms/kore/schema";
import { openSearchBlock } from "../provider/platforms/opensearch/schema";
import { foundryBlock } from "../provider/platforms/foundry/schema";

const root = resolve(__dirname, "..");

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
}

function load(file: string): Schema {
  return JSON.parse(readFileSync(join(root, "schema", file), "utf8")) as Schema;
}

/** What both say: names, which are required, and how they nest. Ranges are zod's alone. */
function shape(schema: Schema): unknown {
  if (schema.properties !== undefined) {
    const members = Object.entries(schema.properties).map(([name, member]) => [name, shape(member)] as const);
    return { required: [...(schema.required ?? [])].sort(), members: Object.fromEntries(members.sort()) };
  }
  if (schema.items !== undefined) return { list: shape(schema.items) };
  if (typeof schema.additionalProperties === "object") return { map: shape(schema.additionalProperties) };
  return "value";
}

const model = load("model-deployment.json");
const live = load("live-deployment.json");
const common = ["waitForReady", "adopt", "onCreateFailure", "maxUsdPerHour"];

function withoutCommon(schema: Schema): Schema {
  const own = Object.entries(schema.properties ?? {}).filter(([name]) => !common.includes(name));
  return { ...schema, properties: Object.fromEntries(own) };
}

it("is generated from the types as they are now", () => {
  const run = () =>
    execFileSync(process.execPath, ["--import", "tsx", "scripts/generate-schema.ts", "--check"], { cwd: root });

  expect(run).not.toThrow();
}, 120_000);

it.each([
  ["deepinfra", model.properties?.["deepinfra"], deepInfraBlock],
  ["kore", model.properties?.["kore"], koreBlock],
  ["opensearch", model.properties?.["opensearch"], openSearchBlock],
  ["foundry", withoutCommon(live), foundryBlock],
])("says of %s what the checks say", (_name, published, checked) => {
  expect(shape(published ?? {})).toEqual(shape(z.toJSONSchema(checked, { io: "input" }) as Schema));
});

it("names what every deployment has", () => {
  for (const name of common) {
    expect(model.properties).toHaveProperty(name);
    expect(live.properties).toHaveProperty(name);
  }
});

it("documents each property", () => {
  const undocumented = Object.entries(model.properties ?? {}).filter(([, member]) => !("description" in member));

  expect(undocumented.map(([name]) => name)).toEqual([]);
});

it("takes the inputs of the documentation and refuses a slip", () => {
  const validate = new Ajv({ strict: false }).compile(model);
  const deepinfra = { modelName: "support-llama", gpu: "H100-80GB", hf: { repo: "acme/support-llama-8b" } };

  expect(validate({ deepinfra, waitForReady: true })).toBe(true);
  expect(validate({ deepinfra: { ...deepinfra, gpus: 1 } })).toBe(false);
  expect(validate({ deepinfra: { modelName: "support-llama" } })).toBe(false);
});
