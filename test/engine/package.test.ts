/** The package as its users get it: packed, installed by npm and by pnpm, and used by programs of three kinds. */
import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version as pulumiVersion } from "@pulumi/pulumi/package.json";
import { projectRoot } from "../../engine/engine";
import { version } from "../../provider/version";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Program, type Stack } from "../support/engine";
import { compileWithVendored } from "../support/package/declarations";
import { run } from "../support/package/run";
import { expectedFiles, packCopy, type Packed, packedFiles } from "../support/package/tarball";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "packed-")));
const binary = (name: string) => join(projectRoot, "node_modules", ".bin", name);
let packed: Packed;

beforeAll(() => {
  packed = packCopy(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tarball holds compiled modules, their types, schemas and docs, and nothing else", () => {
  expect(packedFiles(packed)).toEqual(expectedFiles(packed));
});

test("publint finds nothing to complain about", () => {
  expect(run(folder, binary("publint"), "run", packed.tarball, "--strict")).toContain("All good!");
});

/** What each kind of program says after its imports: a deployment of its own, on which the stack's config decides. */
const body = (name: string): string => `
const llama = new inference.ModelDeployment("${name}", {
  deepinfra: {
    modelName: "${name}",
    gpu: "H100-80GB",
    settings: { minInstances: 1, maxInstances: new pulumi.Config().requireNumber("maxInstances") },
  },
});
`;
const exported = "export const { endpoint, status } = llama;\n";

const typescript = `import * as pulumi from "@pulumi/pulumi";
import * as inference from "pulumi-inference";
${body("typescript")}${exported}`;

const javascript = `const pulumi = require("@pulumi/pulumi");
const inference = require("pulumi-inference");
${body("javascript")}module.exports = { endpoint: llama.endpoint, status: llama.status };
`;

const esm = `import { Config } from "@pulumi/pulumi";
import { ModelDeployment } from "pulumi-inference";
${body("module").replaceAll(/(pulumi|inference)\./g, "")}${exported}`;

/** A script beside the program, which looks for drift. */
const script = `import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { detectDrift, DriftReport } from "pulumi-inference/drift";

export async function drifted(): Promise<string[]> {
  const stack = await LocalWorkspace.selectStack({ stackName: "test", workDir: "." });
  const report: DriftReport = await detectDrift(stack, { onlyInference: true, ignore: [{ paths: ["*"] }] });
  return report.resources.filter(({ verdict }) => verdict === "drifted").map(({ urn }) => urn);
}
`;

/** A module of a program that asks the platforms. */
const questions = `import { Output } from "@pulumi/pulumi";
import * as inference from "pulumi-inference/native";

const offers = inference.getGpuAvailabilityOutput({ gpu: "H100-80GB", numGpus: 1 });
export const usdPerHour: Output<number | undefined> = offers.gpus.apply(([offer]) => offer.usdPerHour);
export const names: Promise<string[]> = inference
  .getDeployments({ platform: "deepinfra" })
  .then(({ deployments }) => deployments.map((deployment: inference.ListedDeployment) => deployment.name));
export const asked = (id: Output<string>): Output<inference.DeploymentStatus> =>
  inference.getDeploymentOutput({ id }).status;
`;

/** As `pulumi new typescript` writes it. */
const strict = JSON.stringify({
  compilerOptions: { strict: true, target: "es2020", module: "commonjs", moduleResolution: "node", sourceMap: true },
  files: ["index.ts"],
});

const programs: Record<string, Program & { language: string }> = {
  typescript: { language: "typescript", code: typescript, files: { "tsconfig.json": strict } },
  javascript: { language: "javascript", code: javascript },
  module: { language: "esm", code: esm },
  plugin: {
    language: "typescript",
    code: `import { asked } from "./questions";
${typescript.replace('"pulumi-inference"', '"pulumi-inference/native"').replaceAll('"typescript"', '"plugin"')}
export { usdPerHour } from "./questions";
export const seen = asked(llama.id);
`,
    files: { "tsconfig.json": strict, "questions.ts": questions },
    plugin: true,
  },
};

const [first] = Object.keys(programs);

const installers: Record<string, (project: string, ...packages: string[]) => void> = {
  npm: (project, ...packages) => run(project, "npm", "install", ...packages),
  pnpm: (project, ...packages) =>
    run(project, binary("pnpm"), "add", "--store-dir", join(folder, "pnpm-store"), ...packages),
};

/** What an installer may break is how modules are found: by Pulumi's host for programs, and by the plugin. */
const tried: Record<string, string[]> = { npm: Object.keys(programs), pnpm: ["typescript", "plugin"] };

describe.each(Object.entries(installers))("installed by %s", (installer, install) => {
  const triedWith = tried[installer] ?? [];
  let simulator: Simulator;
  let stack: Stack;
  const running = () => simulator.deployments("deepinfra").filter(({ removed }) => !removed);

  beforeAll(async () => {
    simulator = await startSimulator({ readyAfterMs: 300 });
    stack = await createStack({
      program: programs["typescript"] as Program,
      environment: simulator.environment("deepinfra"),
      install: (project) => install(project, packed.tarball, `@pulumi/pulumi@${pulumiVersion}`),
    });
  });

  afterAll(() => simulator.close());

  test("it has its command, its manifest and its schemas", () => {
    const required = 'require("pulumi-inference/package.json").version';

    expect(run(stack.project, "npx", "--no", "pulumi-inference", "simulate", "--help")).toContain("--ready-after");
    expect(run(stack.project, "node", "-p", required).trim()).toBe(version);
    expect(run(stack.project, "node", "-p", 'typeof require("pulumi-inference/drift").detectDrift')).toBe("function\n");
    expect(run(stack.project, "node", "-p", 'require("pulumi-inference/schema/model-deployment.json").type')).toBe(
      "object\n",
    );
  });

  test("the TypeScript that Pulumi brings along reads its types, and compiles the examples", () => {
    const examples = readdirSync(join(projectRoot, "examples")).filter((name) => name !== "README.md");
    cpSync(join(projectRoot, "examples"), join(stack.project, "examples"), { recursive: true });
    writeFileSync(join(stack.project, "drifted.ts"), script);
    writeFileSync(join(stack.project, "questions.ts"), questions);
    const sources = ["index.ts", "drifted.ts", "questions.ts", ...examples.map((name) => `examples/${name}/index.ts`)];
    const { version: compiler, declarations, errors } = compileWithVendored(stack.project, sources);

    expect(existsSync(join(stack.project, "node_modules", "typescript"))).toBe(false);
    expect(compiler).toMatch(/^3\./);
    expect(declarations).toBeGreaterThan(10);
    expect(errors).toEqual([]);
  });

  test("a mistake in a TypeScript program is found before anything is sent", async () => {
    stack.setProgram({ language: "typescript", code: typescript.replace('"H100-80GB"', "80") });
    const { text } = await stack.preview({ expectFailure: true });

    expect(text).toMatch(/index\.ts\(7,5\): error TS2322: Type 'number' is not assignable to type/);
    expect(simulator.requests()).toEqual([]);
  });

  // Each takes the place of the one before: its `up` removes what that one made, which spares a command.
  test.each(Object.entries(programs).filter(([name]) => triedWith.includes(name)))(
    "the %s program goes up, is refreshed and updated",
    async (name, program) => {
      stack.setProgram(program);
      // The tests above check types.
      stack.setEnvironment({ PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
      await stack.setConfig({ maxInstances: "2" });
      const up = await stack.up();
      const id = running()[0]?.id;
      expect(up.steps).toMatchObject([
        { operation: "create", name },
        ...(name === first ? [] : [{ operation: "delete" }]),
      ]);
      expect(running()).toMatchObject([{ name: `simulated/${name}`, replicas: { maximum: 2 } }]);
      expect(await stack.outputs()).toEqual({
        endpoint: `${simulator.url}/v1/openai`,
        status: "ready",
        ...(name === "plugin" ? { usdPerHour: 2.2, seen: "ready" } : {}),
      });

      await stack.setConfig({ maxInstances: "3" });
      const update = await stack.up({ parameters: ["--refresh"] });
      const [refreshed, updated] = update.steps;
      expect(update.steps).toHaveLength(2);
      expect(refreshed).toMatchObject({ operation: "refresh", name });
      expect(refreshed?.new).toEqual(refreshed?.old);
      expect(updated).toMatchObject({ operation: "update", name });
      expect(running()).toMatchObject([{ id, replicas: { maximum: 3 } }]);
    },
  );

  test("destroy leaves nothing running", async () => {
    const destroy = await stack.destroy();

    expect(destroy.changes).toEqual({ delete: 2 });
    expect(running()).toEqual([]);
  });

  test("nothing was sent that the platform does not document", () => {
    expect(simulator.violations()).toEqual([]);
    expect(stack.processes()).toEqual([]);
  });
});
