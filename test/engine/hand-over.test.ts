/** Resources that are renamed, or swap what they have, where the platform's id is the model's own. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type Program } from "../support/engine";

let simulator: Simulator;

beforeEach(async () => {
  const models = ["one", "two"];
  simulator = await startSimulator({ readyAfterMs: 100, scenario: { opensearch: { models } } });
});

afterEach(() => simulator.close());

/** Resources by their names, each with a model. */
function program(models: Record<string, string>): Program {
  const lines = Object.entries(models).map(
    ([name, modelId]) => `new inference.ModelDeployment("${name}", { opensearch: { modelId: "${modelId}" } });`,
  );
  return { language: "javascript", code: `const inference = require("pulumi-inference");\n${lines.join("\n")}\n` };
}

const serving = () =>
  simulator
    .deployments("opensearch")
    .filter(({ removed }) => !removed)
    .map(({ id }) => id)
    .sort();
const undeployed = () => simulator.requests({ method: "POST", path: /_undeploy$/ });

test("what has a new name serves on, and what is swapped does", async () => {
  const stack = await createStack({
    program: program({ a: "one", b: "two" }),
    environment: simulator.environment("opensearch"),
  });
  await stack.up();

  stack.setProgram(program({ a: "two", b: "one" }));
  const swap = await stack.up();
  stack.setProgram(program({ c: "two", b: "one" }));
  const rename = await stack.up();

  // The engine deletes after it has made everything.
  expect(swap.steps.map(({ operation }) => operation).slice(-2)).toEqual(["delete-replaced", "delete-replaced"]);
  expect(rename.text).toMatch(/OpenSearch deployment two stays: another resource of the program has it now \(.*::c\)/);
  expect(undeployed()).toEqual([]);
  expect(serving()).toEqual(["one", "two"]);

  await stack.destroy();
  expect(serving()).toEqual([]);
});
