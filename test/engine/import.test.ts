/** The command `import` on real stacks: what it adds previews without a change, on every platform, and can be undone. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { koreGiven, makeOneOnEach } from "../support/made-outside";
import { makeOutside } from "./llamas";
import { type Ran, runCommand, shellOf } from "./run-command";

let simulator: Simulator;
let stack: Stack;
let environment: NodeJS.ProcessEnv;
let ids: Awaited<ReturnType<typeof makeOneOnEach>>;

/** Secrets that must never be shown, and never stand in a file. */
const secrets = ["hf_token-of-somebody-else", "simulator-deepinfra-key", "a passphrase for tests"];

async function importing(...parameters: string[]): Promise<Ran> {
  const ran = await runCommand(stack, environment, "import", ...parameters);
  for (const secret of secrets) expect(ran.stdout + ran.stderr).not.toContain(secret);
  return ran;
}

const program = (...parts: string[]): void =>
  stack.setProgram({
    language: "javascript",
    code: `const pulumi = require("@pulumi/pulumi");
const inference = require("pulumi-inference");
${parts.join("\n").replaceAll(/^import .*$/gm, "")}`,
  });

const urns = async (): Promise<string[]> => {
  const { deployment } = await stack.exportState();
  return (deployment.resources ?? []).map(({ urn }) => urn);
};

/** Nothing was asked of a platform but to tell. */
function expectNothingChanged(): void {
  const changing = simulator.requests().filter(({ method, path }) => method !== "GET" && !path.endsWith("/token"));
  expect(changing.map(({ path }) => path)).toEqual(["/deploy/llm", "/api/v2/models/liveDeployments", "/deploy/llm"]);
}

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  ids = await makeOneOnEach(simulator);
  await makeOutside(simulator, "second");
  const { DEEPINFRA_API_KEY: _fromTheConfig, ...others } = simulator.environment();
  stack = await createStack({
    program: { language: "javascript", code: "" },
    config: { "inference:deepinfraApiKey": { secret: simulator.credentials.deepinfraApiKey } },
    environment: others,
  });
  environment = {
    ...others,
    ...shellOf(stack),
  };
});

afterAll(() => simulator.close());

let code: string;

test("a deployment of each platform comes into a stack that was never updated, and previews without a change", async () => {
  const file = join(stack.folder, "kore.json");
  const { modelType, ...given } = koreGiven;
  writeFileSync(file, JSON.stringify(given));
  const shown = await importing("llama", ids.deepinfra, "--dry-run");
  expect(shown.code).toBe(0);
  expect(await urns()).toEqual([]);
  const ran = [
    await importing("llama", ids.deepinfra, "--yes"),
    await importing("scorer", ids.foundry, "--yes"),
    await importing("search", ids.opensearch, "--yes", "--no-protect"),
    await importing("assistant", `${ids.kore}?modelType=${modelType}`, "--inputs", file, "--yes"),
  ];

  expect(ran.map((one) => one.code)).toEqual([0, 0, 0, 0]);
  expect(ran[0]?.stdout).toBe(shown.stdout);
  expect(ran[0]?.stdout).toContain('maxBatchSize: 32,\n    hf: {\n      repo: "acme/outside",\n      revision: "v2",');
  expect(ran[3]?.stderr).toContain("Kore's console shows it");
  code = ran.map(({ stdout }) => stdout).join("\n");
  program(code);
  const preview = await stack.preview({ parameters: ["--expect-no-changes"] });
  expect(preview.text).toContain("5 unchanged");
  expect(JSON.stringify(await stack.exportState())).not.toContain("simulator-deepinfra-key");
  expectNothingChanged();
});

test("it belongs to the provider and the parent that are named, once an update has made them", async () => {
  const around = `const eu = new inference.Provider("eu", { deepinfraApiKey: new pulumi.Config("inference").requireSecret("deepinfraApiKey") });
const team = new pulumi.ComponentResource("shop:index:Team", "team");`;
  program(code, around);
  await stack.up();
  const second = simulator.deployments("deepinfra").find(({ name }) => name.endsWith("/second"))?.id ?? "";
  const ran = await importing("second", `deepinfra/${second}`, "--provider", "eu", "--parent", "team", "--yes");

  expect(ran.code).toBe(0);
  program(code, around, ran.stdout);
  await stack.preview({ parameters: ["--expect-no-changes"] });
  const folder = join(stack.folder, "home", "pulumi-inference", "imports");
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    for (const secret of secrets) expect(readFileSync(join(folder, name), "utf8")).not.toContain(secret);
  }
  expectNothingChanged();
});

test("what is in the state already is refused, and so is what the platform does not know", async () => {
  const before = await stack.exportState();
  const [again, sameName, nowhere] = await Promise.all([
    importing("other", ids.foundry, "--yes"),
    importing("llama", ids.opensearch, "--yes"),
    importing("lost", "deepinfra/nowhere", "--yes"),
  ]);

  expect([again, sameName, nowhere].map((one) => one.code)).toEqual([1, 1, 1]);
  expect(again.stderr).toMatch(
    /^error: the stack's state has foundry\/.* already, as .*::scorer; nothing was changed/m,
  );
  expect(sameName.stderr).toContain("ModelDeployment::llama already; choose another name");
  expect(nowhere.stderr).toBe("error: DeepInfra: there is no deployment nowhere to import\n");
  expect((await stack.exportState()).deployment.resources).toEqual(before.deployment.resources);
});

test("an undo takes out what the newest import has added, unless it has changed since", async () => {
  const before = await urns();
  const unasked = await importing("--undo");
  expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining("add --yes") as string });
  const undone = await importing("--undo", "--yes");

  expect(undone.code).toBe(0);
  const left = before.filter((urn) => !urn.endsWith("::second"));
  expect(await urns()).toEqual(left);
  const next = await importing("--undo", "--dry-run");
  expect(next.stderr).toContain("::assistant\n");
  expect(await urns()).toEqual(left);
  const first = readdirSync(join(stack.folder, "home", "pulumi-inference", "imports"))
    .filter((name) => name.endsWith(".import.json"))
    .sort()[0];
  simulator.act({ platform: "deepinfra", id: ids.deepinfra.slice("deepinfra/".length), action: "stop" });
  await stack.refresh({ parameters: ["--target", before.find((urn) => urn.endsWith("::llama")) ?? ""] });
  const changed = await importing(
    "--undo",
    join(stack.folder, "home", "pulumi-inference", "imports", first ?? ""),
    "--yes",
  );
  expect(changed).toMatchObject({ code: 1, stderr: expect.stringContaining("has changed since its import") as string });
  expectNothingChanged();
  expect(simulator.violations()).toEqual([]);
});
