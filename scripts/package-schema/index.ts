/** The schema of the Pulumi package `inference`, from the sources that the TypeScript classes are made of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InputRules } from "../../provider/platform";
import { livePlatform, modelPlatforms } from "../../provider/platforms/registry";
import { deepInfraBlock } from "../../provider/platforms/deepinfra/schema";
import { foundryBlock } from "../../provider/platforms/foundry/schema";
import { koreBlock } from "../../provider/platforms/kore/schema";
import { openSearchBlock } from "../../provider/platforms/opensearch/schema";
import { commonInputKeys } from "../../provider/resources/common-inputs";
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import { example } from "./examples";
import { definitionsOf, functionSpecifications, functionTypes } from "./functions";
import { inputProperties, jsonOf } from "./input-types";
import type { Facts, JsonSchema, Source } from "./input-types";
import { readOutputs } from "./outputs";
import type { Outputs } from "./outputs";
import { settingProperties } from "./settings";
import type { PackageSpecification, Types } from "./specification";

const blocks = { deepinfra: deepInfraBlock, kore: koreBlock, opensearch: openSearchBlock };

/** Where the types that are asked for stand, those of the resources aside. */
export const packageSources = [
  ...[...Object.keys(modelPlatforms), livePlatform.id].map((id) => `provider/platforms/${id}/inputs.ts`),
  "provider/functions/types.ts",
  "provider/readiness/inputs.ts",
];

/** @param schemaOf generates the JSON schema of a TypeScript type, with its parts as definitions. */
export function packageSchema(schemaOf: (type: string) => JsonSchema): PackageSpecification {
  const types: Types = {};
  const outputs = readOutputs("deployment-resource.ts");
  const model = schemaOf("ModelDeploymentInputs");
  const live = schemaOf("LiveDeploymentInputs");
  const wait = schemaOf("ReadinessInputs");
  const known = {
    DeepInfraKnownGpu: schemaOf("DeepInfraKnownGpu"),
    FoundryKnownGpuType: schemaOf("FoundryKnownGpuType"),
  };
  const ofFunctions = functionTypes(schemaOf);
  const source: Source = {
    definitions: {
      ...model.definitions,
      ...live.definitions,
      ...wait.definitions,
      ...known,
      ...definitionsOf(ofFunctions),
    },
    openSets: { "DeepInfraInputs.gpu": "DeepInfraKnownGpu", "FoundryGpu.type": "FoundryKnownGpuType" },
    types,
  };
  const checked = { properties: Object.fromEntries(Object.entries(blocks).map(([id, block]) => [id, jsonOf(block)])) };
  const resources = {
    "inference:index:ModelDeployment": {
      description: example("model-deployment"),
      ...resource(outputs, model, inputProperties(source, "ModelDeploymentInputs", model, checked, modelFacts)),
      aliases: [{ type: "pulumi-nodejs:dynamic/inference:ModelDeployment" }],
    },
    "inference:index:LiveDeployment": {
      description: example("live-deployment"),
      ...resource(
        outputs,
        live,
        inputProperties(source, "LiveDeploymentInputs", live, jsonOf(foundryBlock), liveFacts),
      ),
      aliases: [{ type: "pulumi-nodejs:dynamic/inference:LiveDeployment" }],
    },
    "inference:index:Readiness": {
      description: example("readiness"),
      ...resource(
        readOutputs("readiness-resource.ts"),
        wait,
        inputProperties(source, "ReadinessInputs", wait, {}, nothingSaid),
      ),
      aliases: [{ type: "pulumi-nodejs:dynamic/inference:Readiness" }],
    },
  };
  const functions = functionSpecifications(source, ofFunctions);
  return {
    ...about(),
    config: { variables: settingProperties() },
    types: sorted(types),
    provider: provider(),
    resources,
    functions,
  };
}

function about(): object {
  const manifest = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as Manifest;
  return {
    name: "inference",
    displayName: "Inference",
    version: manifest.version,
    description: manifest.description,
    keywords: manifest.keywords,
    license: manifest.license,
    meta: { moduleFormat: "(.*)" },
    language: {
      nodejs: { packageName: "pulumi-inference-sdk", respectSchemaVersion: true },
      python: {
        packageName: "pulumi_inference",
        respectSchemaVersion: true,
        pyproject: { enabled: true },
        inputTypes: "classes-and-dicts",
      },
      go: { importBasePath: "pulumi-inference/sdk/go/inference", respectSchemaVersion: true },
      csharp: { respectSchemaVersion: true },
    },
  };
}

interface Manifest {
  version: string;
  description: string;
  keywords: string[];
  license: string;
}

function provider(): PackageSpecification["provider"] {
  return { description: example("provider"), inputProperties: settingProperties() };
}

function resource(outputs: Outputs, inputs: JsonSchema, properties: ReturnType<typeof inputProperties>) {
  return {
    inputProperties: properties,
    ...(inputs.required === undefined ? {} : { requiredInputs: inputs.required }),
    properties: { ...properties, ...outputs.properties },
    required: [...(inputs.required ?? []), ...outputs.required],
  };
}

const modelFacts = factsOf(Object.values(modelPlatforms), ({ id }, path) =>
  path.startsWith(`${id}.`) ? path.slice(id.length + 1) : undefined,
);
const liveFacts = factsOf([livePlatform], (_platform, path) =>
  (commonInputKeys as readonly string[]).includes(path) ? undefined : path,
);

const nothingSaid: Facts = { replaces: () => false, isSecret: () => false };

/** @param within the path within the platform's block; undefined for one that is not in it. */
function factsOf(
  platforms: readonly AnyPlatform[],
  within: (platform: AnyPlatform, path: string) => string | undefined,
): Facts {
  const some = (path: string, holds: (platform: AnyPlatform, rules: InputRules<unknown>, path: string) => boolean) =>
    platforms.some((platform) => {
      const own = within(platform, path);
      return own !== undefined && holds(platform, platform.load().rules, own);
    });
  return {
    replaces: (path) => some(path, (_platform, rules, own) => rules.effectOf(own) === "replace"),
    isSecret: (path) => some(path, ({ secretPaths }, _rules, own) => secretPaths.includes(own)),
  };
}

function sorted(types: Types): Types {
  return Object.fromEntries(Object.entries(types).sort(([one], [other]) => (one < other ? -1 : 1)));
}
