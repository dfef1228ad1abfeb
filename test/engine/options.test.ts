/** Pulumi's own resource options, in one stack: each does what it does for any other resource. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type OperationResult, type Stack } from "../support/engine";
import { changesOf, deploymentOf, deploymentsOf, forEver, llamasProgram, standing } from "./llamas";

const before = llamasProgram(`
llama("ignored", {}, { ignoreChanges: ["deepinfra.settings"] });
llama("renewed", {}, { replaceOnChanges: ["deepinfra.settings"] });
llama("moved");
llama("swapped", {}, { deleteBeforeReplace: true });
llama("retained", {}, { retainOnDelete: true });
llama("renamed");
llama("guarded", {}, { protect: true });
llama("slow", {}, { customTimeouts: { update: "2s", delete: "1s" } });
`);

const after = llamasProgram(`
const deepinfra = { settings: { maxInstances: 4 } };
llama("ignored", { deepinfra }, { ignoreChanges: ["deepinfra.settings"] });
llama("renewed", { deepinfra }, { replaceOnChanges: ["deepinfra.settings"] });
llama("moved", { deepinfra: { modelName: "moved-on" } });
llama("swapped", { deepinfra: { modelName: "swapped-out" } }, { deleteBeforeReplace: true });
llama("another-name", { deepinfra: { modelName: "renamed", hf: { repo: "acme/renamed" } } }, { aliases: [{ name: "renamed" }] });
llama("guarded", {}, { protect: true });
llama("slow", { deepinfra }, { customTimeouts: { update: "2s", delete: "1s" } });
`);

let simulator: Simulator;
let stack: Stack;
let up: OperationResult;

const step = (name: string) => up.steps.filter((one) => one.name === name).map(({ operation }) => operation);

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 0, scenario: { byName: { slow: { removedAfterMs: forEver } } } });
  stack = await createStack({ program: before, environment: simulator.environment("deepinfra") });
  await stack.up();
  // A word that nobody knows, for ever: the next wait is late.
  act("slow", { action: "status", status: "rebalancing" });
  stack.setProgram(after);
  up = await stack.up({ parameters: ["--continue-on-error"], expectFailure: true });
});
afterAll(() => simulator.close());

function act(name: string, change: { action: string; [value: string]: unknown }): void {
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, name).id, ...change });
}

test("ignoreChanges leaves the deployment", () => {
  expect(step("ignored")).toEqual(["same"]);
  expect(changesOf(simulator, "ignored")).toEqual(["POST"]);
});

test("replaceOnChanges replaces instead of changing in place, and the name is free for it", () => {
  expect(changesOf(simulator, "renewed")).toEqual(["POST", "DELETE", "POST"]);
  expect(deploymentOf(simulator, "renewed").replicas).toMatchObject({ maximum: 4 });
});

test("under a new name the next one is made first; with deleteBeforeReplace the old one goes first", () => {
  expect(orderOf("moved", "moved-on")).toEqual(["POST moved", "POST moved-on", "DELETE moved"]);
  expect(orderOf("swapped", "swapped-out")).toEqual(["POST swapped", "DELETE swapped", "POST swapped-out"]);
});

test("retainOnDelete leaves the deployment where it is", async () => {
  expect(await stack.resource("retained")).toBeUndefined();
  expect(changesOf(simulator, "retained")).toEqual(["POST"]);
});

test("an alias renames the resource and nothing else", () => {
  expect(step("another-name")).toEqual(["same"]);
  expect(changesOf(simulator, "renamed")).toEqual(["POST"]);
});

test("customTimeouts end the wait of an update", async () => {
  expect(up.text).toMatch(/is not ready after 2s, seen: rebalancing \d+s/);
  expect(await stack.resource("slow")).toMatchObject({ outputs: { status: "pending" } });
  expect(changesOf(simulator, "slow")).toEqual(["POST", "PUT"]);
});

test("customTimeouts end the wait of a removal, also in the first call of the provider's process", async () => {
  const { urn = "" } = (await stack.resource("slow")) ?? {};
  const { text } = await stack.destroy({ parameters: ["--target", urn], expectFailure: true });

  expect(text).toMatch(/after 1s it is still there.*run `pulumi destroy` again/s);
  expect(text).not.toMatch(/^\s+at .*:\d+/m);
  expect(changesOf(simulator, "slow")).toEqual(["POST", "PUT", "DELETE"]);
  expect(await stack.resource("slow")).toBeDefined();
});

test("protect keeps destroy away", async () => {
  await stack.destroy({ expectFailure: true });

  expect(standing(simulator)).toContain("guarded");
  expect(changesOf(simulator, "guarded")).toEqual(["POST"]);
});

/** What changed deployments of these names, in order. */
function orderOf(...names: string[]): string[] {
  const nameOf = (path: string, body: unknown) =>
    names.find(
      (name) =>
        (body as { model_name?: string } | undefined)?.model_name === name ||
        deploymentsOf(simulator, name).some(({ id }) => path === `/deploy/${id}`),
    );
  return simulator
    .requests({ platform: "deepinfra" })
    .filter(({ method, path, body }) => method !== "GET" && nameOf(path, body) !== undefined)
    .map(({ method, path, body }) => `${method} ${nameOf(path, body)}`);
}
