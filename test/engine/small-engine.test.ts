/** Holds the small engine to what the real one does: the same calls reach the platform, and the same is in state. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerText } from "../../sdk/provider-text";
import { type Simulator, startSimulator } from "../../simulator";
import { asProvider } from "../matrix/provider";
import { createStack } from "../support/engine";
import { startProviderProcess } from "../support/provider-process";
import { createSmallEngine } from "../support/small-engine";
import { strike } from "../support/strike";
import { changesOf, deploymentOf, deploymentsOf } from "./llamas";

/** Inputs of DeepInfra by the resource's name. */
type Wishes = Record<string, object>;

interface Driver {
  simulator: Simulator;
  up(wishes: Wishes): Promise<unknown>;
  refresh(): Promise<unknown>;
  destroy(): Promise<unknown>;
  /** By the resource's name: whether its last create or update did not end well. */
  state(): Promise<Record<string, boolean>>;
}

const inputs = (modelName: string, more: object = {}) => ({
  deepinfra: { modelName, gpu: "H100-80GB", hf: { repo: `acme/${modelName}` }, ...more },
});
const names = ["refused", "kept", "scaled", "swapped", "moved", "dropped", "gone"];
const first: Wishes = Object.fromEntries(names.map((name) => [name, inputs(name)]));
const { dropped: _dropped, ...rest } = first;
const second: Wishes = {
  ...rest,
  scaled: inputs("scaled", { settings: { minInstances: 1, maxInstances: 3 } }),
  swapped: inputs("swapped", { gpu: "A100-80GB" }),
  moved: inputs("moved-on"),
};

async function play({ simulator, up, refresh, destroy, state }: Driver): Promise<unknown[]> {
  const seen: unknown[] = [];
  const note = async (): Promise<void> => {
    const changes = [...names, "moved-on"].map((name) => [name, changesOf(simulator, name)]);
    seen.push({ changes: Object.fromEntries(changes) as unknown, state: await state() });
  };
  const isAt = (path: string, name: string): boolean =>
    deploymentsOf(simulator, name).some(({ id }) => path === `/deploy/${id}`);
  const faulty = async (operation: () => Promise<unknown>): Promise<void> => {
    const end = strike(simulator, ({ method, path, body }) => {
      const model = (body as { model_name?: string } | undefined)?.model_name;
      const isRefused = method === "POST" && model === "refused";
      const isBroken = method === "GET" && (isAt(path, "kept") || (isAt(path, "scaled") && isScaled()));
      const isHeld = method === "DELETE" && isAt(path, "dropped");
      return isRefused || isBroken || isHeld ? { kind: "status", status: 422 } : undefined;
    });
    await operation();
    end();
    await note();
  };
  const isScaled = (): boolean => changesOf(simulator, "scaled").includes("PUT");

  await faulty(() => up(first));
  await faulty(() => up(second));
  simulator.act({ platform: "deepinfra", id: deploymentOf(simulator, "gone").id, action: "delete" });
  await refresh();
  await note();
  await up(second);
  await note();
  await destroy();
  await note();
  return seen;
}

async function openReal(): Promise<Driver> {
  const simulator = await startSimulator({ readyAfterMs: 0 });
  const program = (wishes: Wishes) => ({
    language: "javascript" as const,
    code: `const inference = require("pulumi-inference");
for (const [name, inputs] of Object.entries(${JSON.stringify(wishes)})) new inference.ModelDeployment(name, inputs);
`,
  });
  const stack = await createStack({ program: program({}), environment: simulator.environment("deepinfra") });
  return {
    simulator,
    async up(wishes) {
      stack.setProgram(program(wishes));
      await stack.start("up", ["--continue-on-error"]).result;
    },
    refresh: () => stack.refresh(),
    destroy: () => stack.destroy(),
    async state() {
      const { resources = [] } = (await stack.exportState()).deployment;
      const own = resources.filter(({ id, type }) => id !== undefined && !type.startsWith("pulumi:"));
      return Object.fromEntries(
        own.map(({ urn, initErrors = [] }) => [urn.split("::").at(-1) ?? "", initErrors.length > 0]),
      );
    },
  };
}

async function openSmall(): Promise<Driver & { close(): Promise<void> }> {
  const simulator = await startSimulator({ readyAfterMs: 0 });
  const home = mkdtempSync(join(tmpdir(), "pulumi-inference-small-"));
  const process = await startProviderProcess({
    providerText: providerText("modelDeployment"),
    environment: { ...simulator.environment("deepinfra"), PULUMI_HOME: home },
  });
  const engine = createSmallEngine(asProvider(process, () => 0));
  const urn = (name: string): string =>
    `urn:pulumi:test::test::pulumi-nodejs:dynamic/inference:ModelDeployment::${name}`;
  return {
    simulator,
    up: (wishes) => engine.up(Object.fromEntries(Object.entries(wishes).map(([name, one]) => [urn(name), { ...one }]))),
    refresh: engine.refresh,
    destroy: engine.destroy,
    state: () =>
      Promise.resolve(
        Object.fromEntries(
          names.flatMap((name) => {
            const saved = engine.saved(urn(name));
            return saved === undefined ? [] : [[name, saved.isUnfinished] as const];
          }),
        ),
      ),
    async close() {
      await process.stop();
      await simulator.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

test("creates refused and kept, updates, replacements either way, removals refused, and what is gone", async () => {
  const [real, small] = await Promise.all([openReal(), openSmall()]);
  const [expected, played] = await Promise.all([play(real), play(small)]);
  await Promise.all([real.simulator.close(), small.close()]);

  expect(expected[0]).toMatchObject({ state: { kept: true, scaled: false } });
  expect(expected[0]).not.toHaveProperty("state.refused");
  expect(expected[1]).toMatchObject({
    state: { scaled: true, dropped: false },
    changes: { dropped: ["POST", "DELETE"] },
  });
  expect(expected[2]).not.toHaveProperty("state.gone");
  expect(expected.at(-1)).toMatchObject({ state: {} });
  expect(played).toEqual(expected);
});
