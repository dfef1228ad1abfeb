/** Deployments that are waited for by one resource, from their creation to their removal, by the real engine. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type ExportedResource, type OperationResult, type Program, type Stack } from "../support/engine";
import { until } from "../support/until";
import { changesOf, deploymentOf, deploymentsOf, forEver, posts, standing } from "./llamas";
import type { Host } from "./programs";

let simulator: Simulator;
let stack: Stack;

function program(host: Host, names: readonly string[], settings: object = {}): Program {
  const models = names.map((name) => [
    name,
    {
      deepinfra: {
        modelName: name,
        gpu: "H100-80GB",
        hf: { repo: `acme/${name}`, token: "hf_secret-value" },
        settings,
      },
    },
  ]);
  return {
    language: "javascript",
    plugin: host === "native",
    code: `const inference = require("pulumi-inference${host === "native" ? "/native" : ""}");
const fleet = new inference.Fleet("eu", { models: ${JSON.stringify(Object.fromEntries(models))}, timeout: "30m" });
exports.endpoints = fleet.endpoints;
exports.statuses = fleet.statuses;
exports.ready = fleet.ready;
`,
  };
}

function act(name: string, action: "finish" | "fail"): void {
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, action });
}

const idOf = (name: string): string => `deepinfra/${deploymentOf(simulator, name).id}`;

async function customResources(): Promise<Record<string, string | undefined>> {
  const { deployment } = await stack.exportState();
  const ours = (deployment.resources ?? []).filter(({ type }) => /(ModelDeployment|Readiness)$/.test(type));
  return Object.fromEntries(ours.map(({ urn, id }) => [urn.split("::").at(-1) ?? urn, id] as const));
}

/** The fleet's component has its name. */
async function waitInState(): Promise<ExportedResource | undefined> {
  const { deployment } = await stack.exportState();
  return deployment.resources?.find(({ type }) => type.endsWith(":Readiness"));
}

const deeds = ({ steps }: OperationResult): Record<string, string> =>
  Object.fromEntries(
    steps.filter(({ operation }) => operation !== "same").map(({ name, operation }) => [name, operation]),
  );

describe.each<Host>(["dynamic", "native"])("in the %s host", (host) => {
  beforeAll(async () => {
    simulator = await startSimulator({ scenario: { readyAfterMs: forEver } });
    stack = await createStack({
      program: program(host, ["a", "b"]),
      environment: simulator.environment("deepinfra"),
    });
  });

  afterAll(() => simulator.close());

  test("every id is in state before the wait ends, and outlives an engine that is killed in it", async () => {
    const running = stack.start("up");
    await running.waitForText(/Readiness eu creating .*0\/2 ready · slowest: \w initializing/);
    const during = await customResources();
    running.signal("SIGKILL");
    await running.result;
    const providers = () => stack.processes().filter(({ command }) => !command.includes("pulumi-language"));
    await until(() => providers().length === 0);

    expect(during).toEqual({ "eu-a": idOf("a"), "eu-b": idOf("b") });
    await stack.pulumi("cancel", "--yes");
  });

  test("the next up only waits, and gives what the rest of the stack needs", async () => {
    act("a", "finish");
    act("b", "finish");
    const up = await stack.up();

    expect(deeds(up)).toEqual({ eu: "create" });
    expect(posts(simulator)).toHaveLength(2);
    expect(await stack.outputs()).toEqual({
      endpoints: { a: `${simulator.url}/v1/openai`, b: `${simulator.url}/v1/openai` },
      statuses: { a: "ready", b: "ready" },
      ready: true,
    });
    expect((await customResources())["eu"]).toBe("readiness/eu");
  });

  test("nothing changes after that", async () => {
    for (const command of ["preview", "up", "refresh", "up"] as const) {
      await stack[command]({ parameters: ["--expect-no-changes"] });
    }
  });

  test("a change in place is waited for, and by nothing that did not change", async () => {
    stack.setProgram(program(host, ["a", "b"], { maxInstances: 3 }));
    const preview = await stack.preview();
    const up = await stack.up();

    expect(deeds(preview)).toEqual({ "eu-a": "update", "eu-b": "update", eu: "update" });
    expect(deeds(up)).toEqual({ "eu-a": "update", "eu-b": "update", eu: "update" });
    expect(changesOf(simulator, "a")).toEqual(["POST", "PUT"]);
    await stack.up({ parameters: ["--expect-no-changes"] });
  });

  test("one that fails is named with its reason, and the others stay as they are", async () => {
    stack.setProgram(program(host, ["a", "b", "c"], { maxInstances: 3 }));
    const running = stack.start("up");
    await running.waitForText(/2\/3 ready · slowest: c/);
    const failed = idOf("c").replace("deepinfra/", "");
    act("c", "fail");
    const { code, text } = await running.result;

    expect(code).not.toBe(0);
    expect(text).toMatch(new RegExp(`c: DeepInfra deployment ${failed} is failed`));
    expect(text).toContain("`pulumi up --refresh` replaces or repairs what failed");
    expect(await customResources()).toEqual({
      "eu-a": idOf("a"),
      "eu-b": idOf("b"),
      "eu-c": idOf("c"),
      eu: "readiness/eu",
    });
    expect((await waitInState())?.outputs).toMatchObject({
      statuses: { a: "ready", b: "ready", c: "failed" },
      ready: false,
    });
  });

  test("`pulumi up --refresh` repairs it", async () => {
    const running = stack.start("up", ["--refresh"]);
    await until(() => deploymentsOf(simulator, "c").length === 2);
    act("c", "finish");
    const { code, text } = await running.result;

    expect({ code, text }).toMatchObject({ code: 0 });
    expect(await stack.outputs()).toMatchObject({ statuses: { c: "ready" }, ready: true });
    expect(standing(simulator)).toEqual(["a", "b", "c"]);
    for (const name of ["a", "b"]) expect(changesOf(simulator, name)).toEqual(["POST", "PUT"]);
  });

  test("no secret is in the state of the wait, and its state is small", async () => {
    const { inputs, outputs } = (await waitInState()) ?? {};

    expect(JSON.stringify({ inputs, outputs })).not.toMatch(/ciphertext|hf_secret-value/);
    expect(inputs?.["deployments"]).toEqual({
      a: { id: idOf("a"), generation: 2 },
      b: { id: idOf("b"), generation: 2 },
      c: { id: idOf("c"), generation: 1 },
    });
  });

  test("destroy removes all, and asks no platform for the wait's sake", async () => {
    const destroy = await stack.destroy();

    expect(standing(simulator)).toEqual([]);
    expect(destroy.steps.map(({ name }) => name)).toContain("eu");
    expect(simulator.violations()).toEqual([]);
  });
});
