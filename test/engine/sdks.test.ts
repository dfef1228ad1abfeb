/** The package's schema as Pulumi takes it, and what it generates for other languages. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { moduleFolder } from "../../engine/build-engine";
import { projectRoot } from "../../engine/engine";
import { findLanguageProgram, findPython } from "../../engine/language-programs";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack } from "../support/engine";
import { run } from "../support/package/run";
import { expectFleet } from "./language-fleet";

const schema = join(projectRoot, "schema", "pulumi-package.json");
const plugin = join(projectRoot, "bin", "pulumi-resource-inference");
const folder = mkdtempSync(join(tmpdir(), "pulumi-inference-sdks-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As `pulumi package gen-sdk` does, by the same generators. */
async function generate(language: "nodejs" | "python" | "go"): Promise<string> {
  const target = join(folder, language);
  run(folder, join(await findLanguageProgram("sdkGenerator"), "generate-sdk"), schema, target, language);
  return target;
}

test("the plugin gives the schema that is published", async () => {
  const stack = await createStack({ program: { language: "yaml", code: "" } });
  const { stdout } = await stack.pulumi("package", "get-schema", plugin);
  const published = JSON.parse(readFileSync(schema, "utf8")) as object;

  expect(JSON.parse(stdout)).toMatchObject(published);
});

test("an SDK for TypeScript compiles", async () => {
  const sdk = await generate("nodejs");
  symlinkSync(join(projectRoot, "node_modules"), join(sdk, "node_modules"));
  const program = `import * as pulumi from "@pulumi/pulumi";
import * as inference from "./index";
const llama = new inference.ModelDeployment("llama", {
  deepinfra: { modelName: "m", gpu: inference.types.enums.DeepInfraGpu.H100_80GB, hf: { repo: "acme/m" } },
});
export const offered: pulumi.Output<boolean> = inference
  .getGpuAvailabilityOutput({ gpu: llama.deepinfra.apply((block) => block!.gpu), numGpus: 1 })
  .gpus.apply((gpus) => gpus.some(({ available }) => available === true));
export const listed: Promise<inference.types.output.ListedDeployment[]> = inference
  .getDeployments({ platform: inference.types.enums.DeploymentPlatform.Foundry, models: ["ri.models.main.model.1"] })
  .then(({ deployments }) => deployments);
export const words: inference.types.enums.DeploymentStatus[] = [];
export const endpoint = llama.endpoint.apply((address) => address.toUpperCase());
`;
  writeFileSync(join(sdk, "program.ts"), program);
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2020", "--module", "commonjs"];

  run(sdk, process.execPath, join(projectRoot, "node_modules", "typescript", "bin", "tsc"), ...options, "program.ts");
});

test("an SDK for Go compiles, with a program", async () => {
  const sdk = join(await generate("go"), "inference");
  const module = readFileSync(join(moduleFolder("generate-sdk"), "go.mod"), "utf8");
  writeFileSync(join(sdk, "go.mod"), module.replace(/^module .*/, "module pulumi-inference/sdk/go/inference"));
  copyFileSync(join(moduleFolder("generate-sdk"), "go.sum"), join(sdk, "go.sum"));
  mkdirSync(join(sdk, "program"));
  copyFileSync(join(projectRoot, "examples", "languages", "go", "main.go"), join(sdk, "program", "main.go"));

  run(sdk, "go", "build", "-mod=mod", "-o", join(folder, "program"), "./program");
});

describe("an SDK for Python", () => {
  const question = `
offers = inference.get_gpu_availability_output(gpu="H100-80GB", num_gpus=1)
pulumi.export("usdPerHour", offers.gpus[0].usd_per_hour)
`;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ readyAfterMs: 0 });
  });

  afterAll(() => simulator.close());

  test("serves a program with one wait for its deployments, from up to destroy", async () => {
    const [python, host, sdk] = await Promise.all([findPython(), findLanguageProgram("python"), generate("python")]);
    const installed = join(folder, "site-packages");
    run(folder, join(python, "python3"), "-m", "pip", "install", "-q", "--no-deps", "--target", installed, sdk);
    const code = readFileSync(join(projectRoot, "examples", "languages", "python", "__main__.py"), "utf8");
    const stack = await createStack({
      program: { language: "python", code: code + question },
      environment: {
        ...simulator.environment(),
        PATH: [python, process.env["PATH"], host].join(delimiter),
        PYTHONPATH: installed,
      },
      config: { "test:hfToken": { secret: "hf_token-in-python" } },
    });
    const up = await stack.up();
    await expectFleet(stack, simulator);
    const again = await stack.up({ parameters: ["--expect-no-changes"] });
    const refresh = await stack.refresh({ parameters: ["--expect-no-changes"] });

    expect(up.changes).toEqual({ create: 5 });
    expect(await stack.outputs()).toMatchObject({ usdPerHour: 2.2 });
    for (const { changes } of [again, refresh]) expect(changes).toEqual({ same: 5 });
    expect(JSON.stringify(await stack.exportState())).not.toContain("hf_token-in-python");
    await stack.destroy();
    expect(simulator.deployments().filter(({ removed, starts }) => !removed && starts > 0)).toEqual([]);
  });
});
