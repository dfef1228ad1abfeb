/** A stack that moves from dynamic resources to the native plugin, and back, with every platform in it. */
import { type Scenario, type Simulator, startSimulator } from "../../simulator";
import { contractCases } from "../contract/cases";
import { createStack, type Program, type Stack } from "../support/engine";
import type { Host } from "./programs";

const resources = contractCases.map(({ platform, kind, inputs }) => ({
  name: platform.id,
  resource: kind.name,
  inputs,
}));
const scenario: Scenario = Object.assign({}, ...contractCases.map((contract) => contract.scenario), {
  kore: { immediate: true },
}) as Scenario;

/** All platforms, and a second account of one of them. */
function program(host: Host): Program {
  const lines = resources.map(
    ({ name, resource, inputs }) =>
      `all.push(new inference.${resource}("${name}", ${JSON.stringify(inputs)}, { customTimeouts: { create: "10m" } }));`,
  );
  const more = { deepinfra: { modelName: "eu", gpu: "H100-80GB", hf: { repo: "acme/eu" } } };
  return {
    language: "javascript",
    plugin: host === "native",
    code: `const inference = require("pulumi-inference${host === "native" ? "/native" : ""}");
const all = [];
${lines.join("\n")}
new inference.Readiness("fleet", { deployments: all });
const eu = new inference.Provider("account-eu", { deepinfraApiKey: process.env.DEEPINFRA_API_KEY });
new inference.ModelDeployment("eu", ${JSON.stringify(more)}, { provider: eu });
`,
  };
}

let simulator: Simulator;
let stack: Stack;

beforeAll(async () => {
  simulator = await startSimulator({ readyAfterMs: 100, scenario });
  stack = await createStack({ program: program("dynamic"), environment: simulator.environment() });
  await stack.up();
});

afterAll(() => simulator.close());

const deploymentTypes = async () => {
  const { resources = [] } = (await stack.exportState()).deployment;
  return [
    ...new Set(resources.map(({ type }) => type).filter((type) => /(Model|Live)Deployment$|Readiness$/.test(type))),
  ].sort();
};
const changing = () => simulator.requests().filter(({ method }) => method !== "GET").length;

describe.each<[Host, string]>([
  ["native", "inference:index:"],
  ["dynamic", "pulumi-nodejs:dynamic/inference:"],
])("to the %s host", (host, prefix) => {
  test("up changes no deployment, and asks no platform for anything", async () => {
    const before = changing();
    stack.setProgram(program(host));
    const preview = await stack.preview();
    const up = await stack.up();

    for (const { steps } of [preview, up]) {
      expect(steps.filter(({ operation }) => operation !== "same")).toEqual([]);
      expect(steps).toHaveLength(resources.length + 2);
    }
    expect(await deploymentTypes()).toEqual([
      `${prefix}LiveDeployment`,
      `${prefix}ModelDeployment`,
      `${prefix}Readiness`,
    ]);
    expect(changing()).toBe(before);
  });

  test("a refresh and another up find nothing to do", async () => {
    const refresh = await stack.refresh({ parameters: ["--expect-no-changes"] });
    const up = await stack.up({ parameters: ["--expect-no-changes"] });

    for (const { changes } of [refresh, up]) expect(Object.keys(changes)).toEqual(["same"]);
  });
});

test("what has moved is destroyed", async () => {
  await stack.destroy();

  expect(simulator.deployments().filter(({ removed, starts }) => !removed && starts > 0)).toEqual([]);
});
