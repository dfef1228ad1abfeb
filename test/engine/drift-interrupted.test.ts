/** The command `drift` when it is interrupted, and what depends on what it repairs. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Stack } from "../support/engine";
import { lateLoading } from "../support/late-loading";
import { strike } from "../support/strike";
import { until } from "../support/until";
import { changesOf, deploymentOf, deploymentsOf, forEver, llamasProgram } from "./llamas";

interface Run {
  code: number | null;
  output: string;
}

let simulator: Simulator;
let stack: Stack;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  stack = await createStack({
    program: llamasProgram(`
llama("stopped"); llama("other");
const gone = llama("gone");
new inference.LiveDeployment("dependent", {
  modelRid: "ri.models.main.model.dependent", branch: "master",
  runtimeConfiguration: { minReplicas: 1, maxReplicas: 1, environmentVariables: { MODEL: gone.model } },
});`),
    environment: simulator.environment(),
  });
  await stack.up();
});
afterAll(() => simulator.close());

/** Without a terminal, as in CI, where only the command itself gets a signal. */
function startDrift(...parameters: string[]): { interrupt(signal: NodeJS.Signals): void; ended: Promise<Run> } {
  const main = join(projectRoot, "dist", "cli", "main.js");
  const child = spawn(process.execPath, [main, "drift", "--settle", "0", ...parameters], {
    cwd: stack.project,
    env: {
      ...process.env,
      ...simulator.environment(),
      PULUMI_HOME: join(stack.folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(stack.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NODE_OPTIONS: lateLoading,
    },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that the signal reaches it alone.
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<Run>((resolve) => child.on("close", (code) => resolve({ code, output })));
  return { interrupt: (signal) => void child.kill(signal), ended };
}

const stateFile = (): string =>
  readFileSync(join(stack.folder, "backend", ".pulumi", "stacks", "test", "test.json"), "utf8");

const act = (name: string, action: string): void =>
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, action });

/** Holds back the answers to requests of the method, from the first on. */
function hold(method: string): { reached: Promise<void>; release(): void } {
  let reach = (): void => undefined;
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const stop = strike(simulator, (request) => {
    if (request.method !== method) return undefined;
    reach();
    return { kind: "delay", until };
  });
  return {
    reached,
    release() {
      stop();
      release();
    },
  };
}

test.each(["SIGINT", "SIGTERM"] as const)("%s ends a detection, which leaves all as it is", async (signal) => {
  const before = stateFile();
  const held = hold("GET");
  const { interrupt, ended } = startDrift();
  await held.reached;
  interrupt(signal);
  const { code, output } = await ended;
  held.release();

  expect({ code, output }).toEqual({ code: 1, output: "error: cancelled\n" });
  await until(() => stack.processes().length === 0);
  expect(stateFile()).toBe(before);
});

test("SIGINT during a repair ends it with all that it did in the state, and the next `up` goes on", async () => {
  act("stopped", "stop");
  simulator.configure({ readyAfterMs: forEver });
  const { interrupt, ended } = startDrift("--repair", "--yes");
  await until(() => simulator.requests({ method: "POST", path: /\/start$/ }).length > 0);
  interrupt("SIGINT");
  const { code, output } = await ended;
  const { initErrors } = (await stack.resource("stopped")) ?? {};

  expect(code).not.toBe(0);
  expect(output).toMatch(/\n`pulumi up` failed: the wait for DeepInfra deployment .* was cancelled after .*\n/);
  expect(output).toMatch(/run `pulumi up` to finish the repair\.\n\nerror: cancelled\n$/);
  expect(initErrors?.join()).toContain("the wait for DeepInfra deployment");
  expect(stack.processes()).toEqual([]);

  act("stopped", "finish");
  simulator.configure({ readyAfterMs: 0 });
  await stack.up();
  expect((await stack.resource("stopped"))?.outputs).toMatchObject({ status: "ready" });
  expect(deploymentsOf(simulator, "stopped")).toHaveLength(1);
  expect(changesOf(simulator, "other")).toEqual(["POST"]);
});

test("--target-dependents takes along what uses what is made anew", async () => {
  act("gone", "delete");
  const { code, output } = await startDrift("--repair", "--yes", "--target-dependents").ended;
  const { id } = deploymentOf(simulator, "gone");

  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/change +dependent/) as string });
  expect(deploymentsOf(simulator, "gone")).toHaveLength(2);
  expect(simulator.requests({ platform: "foundry", method: "PUT" })).toHaveLength(1);
  expect((await stack.resource("dependent"))?.inputs).toMatchObject({
    runtimeConfiguration: { environmentVariables: { MODEL: `deploy_id:${id}` } },
  });
  expect(changesOf(simulator, "other")).toEqual(["POST"]);
  expect(simulator.violations()).toEqual([]);
});
