/** The command `drift` on a stack that others have touched: formats, exit codes, what is new, and repair. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import type { DriftReport } from "../../drift/report";
import { type Simulator, startSimulator } from "../../simulator";
import { parseXml } from "../drift/formats/xml";
import { strike } from "../support/strike";
import { createStack, type Stack } from "../support/engine";
import { lateLoading } from "../support/late-loading";
import { changesOf, deploymentOf, deploymentsOf, llamasProgram, standing } from "./llamas";

const main = join(projectRoot, "dist", "cli", "main.js");

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Those of the program, of the platform's answers and of the environment: none may ever be shown. */
const secrets = [
  "hf_planted-in-the-program",
  "simulator-deepinfra-key",
  "simulator-kore-key",
  "a passphrase for tests",
];
const formatFiles = ["json", "markdown", "junit", "sarif", "github"];

let simulator: Simulator;
let stack: Stack;
let environment: NodeJS.ProcessEnv;

async function command(file: string, parameters: string[]): Promise<Ran> {
  const ran = await new Promise<Ran>((resolve) => {
    const options = { cwd: stack.project, env: environment };
    const child = execFile(file, parameters, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    child.stdin?.end();
  });
  for (const secret of secrets) expect(ran.stdout + ran.stderr).not.toContain(secret);
  return ran;
}

const drift = (...parameters: string[]): Promise<Ran> =>
  command(process.execPath, [main, "drift", "--settle", "0", ...parameters]);

const read = (name: string): string => readFileSync(join(stack.project, "reports", name), "utf8");
const report = (name: string): DriftReport => JSON.parse(read(name)) as DriftReport;

function act(name: string, change: { action: string; [value: string]: unknown }): void {
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, ...change });
}

/** Until it is stopped, DeepInfra answers so. */
function strikeEach(method: string, status: number, body: object): () => void {
  return strike(simulator, (request) =>
    request.platform === "deepinfra" && request.method === method ? { kind: "status", status, body } : undefined,
  );
}

function verdicts({ resources }: DriftReport): Record<string, string> {
  return Object.fromEntries(resources.map(({ name, verdict }) => [name, verdict]));
}

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  stack = await createStack({
    program: llamasProgram(`
const hf = { repo: "acme/llama", token: pulumi.secret("${secrets[0]}") };
llama("fine", { deepinfra: { hf } });
llama("scaled", { deepinfra: { hf, settings: { minInstances: 1, maxInstances: 4 } } });
llama("stopped");
llama("failed", { deepinfra: { hf } });
const gone = llama("gone");
llama("dependent", {}, { dependsOn: gone });
new inference.ModelDeployment("assistant", { kore: {
  modelId: "cm-assistant", modelType: "openSource", name: "Assistant", deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
} });`),
    environment: { ...simulator.environment("deepinfra"), ...simulator.environment("kore") },
  });
  environment = {
    ...process.env,
    ...simulator.environment("deepinfra"),
    ...simulator.environment("kore"),
    PULUMI_HOME: join(stack.folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(stack.folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NODE_OPTIONS: lateLoading,
  };
  delete environment["FORCE_COLOR"];
  await stack.up();
});
afterAll(() => simulator.close());

test("a stack that nobody touched has nothing that fails, but for what cannot be told", async () => {
  const { code, stdout } = await drift("--fail-on", "drifted,unhealthy", "--format", "json=reports/first.json");

  expect(code).toBe(0);
  expect(stdout).toMatch(/\n1 unknown, 6 clean\n$/);
  expect(stdout).not.toContain("\u001b");
  expect(report("first.json").summary).toMatchObject({ drifted: 0, unhealthy: 0, unknown: 1, clean: 6 });
});

describe("when others have touched it", () => {
  beforeAll(() => {
    act("scaled", { action: "configure", maxInstances: 9 });
    act("stopped", { action: "stop" });
    act("failed", { action: "fail", reason: `cannot fetch with ${secrets[0]}` });
    act("gone", { action: "delete" });
  });

  test("one run writes every format, and writes no state", async () => {
    const before = await stack.exportState();
    const files = formatFiles.flatMap((format) => ["--format", `${format}=reports/${format}`]);
    const { code, stdout } = await drift(...files, "--since", "reports/first.json");
    const found = report("json");

    expect(code).toBe(2);
    expect(verdicts(found)).toEqual({
      fine: "clean",
      dependent: "clean",
      scaled: "drifted",
      gone: "drifted",
      stopped: "unhealthy",
      failed: "unhealthy",
      assistant: "unknown",
    });
    expect(stdout).toContain("deepinfra.settings.maxInstances: 4 → 9");
    expect(stdout).not.toMatch(/^unknown /m); // It was unknown before.
    expect(read("github").match(/^::error /gm)).toHaveLength(4);
    expect(read("markdown")).toContain("<code>scaled</code>");
    expect(parseXml(read("junit")).attributes).toMatchObject({ tests: "7", failures: "4", errors: "1" });
    const { runs } = JSON.parse(read("sarif")) as { runs: [{ results: object[] }] };
    expect(runs[0].results).toHaveLength(5);
    expect(runs[0].results[0]).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: "Pulumi.yaml" } } }],
    });
    for (const file of formatFiles) for (const secret of secrets) expect(read(file)).not.toContain(secret);
    expect(await stack.exportState()).toEqual(before);
  });

  test("a second run is one line, and fails only if it is to tell the whole", async () => {
    const quiet = await drift("--since", "reports/json", "--fail-on-new");
    const loud = await drift("--since", "reports/json", "--format", "github");

    expect(quiet).toMatchObject({ code: 0, stderr: "" });
    expect(quiet.stdout).toMatch(/^Drift of test\/test: nothing new since .* \(2 drifted, 2 unhealthy, .*\)\n$/);
    expect(loud.code).toBe(2);
    expect(loud.stdout).toMatch(/^::notice .*\n$/);
  });

  test("an earlier report that is of no use makes everything new, and says so", async () => {
    const { code, stdout, stderr } = await drift("--since", "reports/junit", "--fail-on-new", "--fail-on", "drifted");

    expect(code).toBe(2);
    expect(stdout).toContain("2 drifted, 2 unhealthy, 1 unknown, 2 clean");
    expect(stderr).toMatch(/^Everything counts as new: the earlier report reports\/junit cannot be read: .*\n$/);
  });

  test("an answer that repeats what it was told shows nothing of it", async () => {
    const told = { detail: `not you: ${secrets[0]} and ${secrets[1]}` };
    const stop = strikeEach("GET", 401, told);
    const files = formatFiles.flatMap((format) => ["--format", `${format}=reports/refused-${format}`]);
    const { code, stdout } = await drift(...files).finally(stop);

    expect(code).toBe(1);
    expect(stdout).toMatch(/\n7 unknown.*\n$/);
    expect(stdout).toContain("answered 401");
    for (const file of formatFiles) for (const secret of secrets) expect(read(`refused-${file}`)).not.toContain(secret);
  });

  test("another stack is looked at, and not selected", async () => {
    await stack.pulumi("stack", "init", "other");
    const { code } = await drift("--stack", "test");
    const stacks = JSON.parse((await stack.pulumi("stack", "ls", "--json")).stdout) as {
      name: string;
      current: boolean;
    }[];
    const empty = await drift();
    await stack.pulumi("stack", "select", "test");

    expect(code).toBe(2);
    expect(stacks.find(({ current }) => current)?.name).toBe("other");
    expect(empty.code).toBe(0);
    expect(empty.stdout).toMatch(/^Drift of test\/other: 0 resources .*\n\nno resources\n$/);
  });

  test.each<[string, string[], RegExp]>([
    ["no such stack", ["--stack", "nope"], /no stack named 'nope' found/],
    ["no project", ["--cwd", "/"], /there is no Pulumi\.yaml in \/ or above it; correct --cwd/],
    ["no folder", ["--cwd", "/nowhere/at-all"], /there is no Pulumi\.yaml in \/nowhere\/at-all or above it/],
    ["nobody to ask", ["--repair"], /--repair asks first, and there is no terminal to ask on; add --yes/],
    ["no earlier report", ["--fail-on-new"], /--fail-on-new needs an earlier report/],
    ["nothing to agree to", ["--yes"], /are for --repair/],
    ["a slip in a format", ["--format", "jnit=x"], /There is no such format \(did you mean "junit"\?\)/],
  ])("%s ends it with one sentence", async (_what, parameters, sentence) => {
    const { code, stdout, stderr } = await drift(...parameters);

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("a wrong passphrase, and no command pulumi, are said in a sentence", async () => {
    const usual = environment;
    environment = { ...usual, PULUMI_CONFIG_PASSPHRASE: "wrong" };
    const locked = await drift();
    mkdirSync(join(stack.folder, "empty"));
    environment = { ...usual, PATH: join(stack.folder, "empty") };
    const missing = await drift();
    environment = usual;

    expect(locked.code).toBe(1);
    expect(locked.stdout + locked.stderr).toContain("incorrect passphrase");
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toMatch(/^error: the command pulumi cannot be run in \.; install it, or correct --cwd\n$/);
  });

  test("--repair in a terminal shows what it will do, and does nothing when the answer is no", async () => {
    const before = simulator.requests({ platform: "deepinfra" }).filter(({ method }) => method !== "GET").length;
    const line = `${process.execPath} ${main} drift --settle 0 --repair`;
    // The answer waits in the terminal until it is asked for.
    const { stdout } = await command("sh", ["-c", `echo no | script -qefc "stty cols 100; ${line}" /dev/null`]);
    const shown = stdout.replace(/\u001b\[[0-9;]*[a-zA-Z]/g, "");

    expect(shown).toMatch(/change +scaled: deepinfra\.settings\.maxInstances/);
    expect(shown).toMatch(/change +stopped/);
    expect(shown).toMatch(/replace +failed/);
    expect(shown).toMatch(/create anew +gone/);
    expect(shown).toMatch(/not touch +assistant/);
    expect(shown).toContain("dependent use what is made anew");
    expect(shown).toContain("Nothing was changed.");
    expect(simulator.requests({ platform: "deepinfra" }).filter(({ method }) => method !== "GET")).toHaveLength(before);
  });

  test("--repair brings back what drifted, and touches nothing else", async () => {
    const kore = simulator.requests({ platform: "kore", method: "POST" }).length;
    const { code, stdout, stderr } = await drift(
      ...["--repair", "--yes", "--fail-on", "drifted,unhealthy", "--since", "reports/json"],
      ...["--format", "json=reports/repaired.json"],
    );

    expect(code).toBe(0);
    expect(stderr).toMatch(/create anew +gone/);
    for (const name of ["scaled", "gone", "stopped", "failed"]) {
      expect(stdout).toMatch(new RegExp(`^resolved +${name}: was (drifted|unhealthy), is clean now$`, "m"));
    }
    expect(report("repaired.json").summary).toMatchObject({ drifted: 0, unhealthy: 0, unknown: 1, clean: 6 });
    expect(deploymentOf(simulator, "scaled").replicas).toMatchObject({ maximum: 4 });
    expect(deploymentOf(simulator, "stopped").status).toBe("running");
    expect(standing(simulator)).toEqual(["dependent", "failed", "fine", "gone", "scaled", "stopped"]);
    expect(changesOf(simulator, "fine")).toEqual(["POST"]);
    expect(changesOf(simulator, "dependent")).toEqual(["POST"]);
    expect(deploymentsOf(simulator, "gone")).toHaveLength(2);
    expect(simulator.requests({ platform: "kore", method: "POST" })).toHaveLength(kore);
    expect(simulator.violations()).toEqual([]);
  });

  test("a repair that fails says so, and its exit code is no success", async () => {
    act("scaled", { action: "configure", maxInstances: 9 });
    const stop = strikeEach("PUT", 422, { detail: "no" });
    const { code, stdout, stderr } = await drift("--repair", "--yes").finally(stop);

    expect(code).toBe(2);
    expect(stderr).toMatch(/`pulumi up` failed: .*answered 422.*\n.*run `pulumi up` to finish the repair/);
    expect(stdout).toMatch(
      /^drifted +scaled .*\n +deepinfra\.settings\.maxInstances: 4 → 9 .*\n +why: its repair failed$/m,
    );
    expect(stack.processes()).toEqual([]);
  });
});
