/** Inputs that no platform would take, and inputs that are not known yet. */
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type OperationResult } from "../support/engine";
import { deploymentOf, llamasProgram, posts } from "./llamas";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});
afterEach(() => simulator.close());

const stackOf = (code: string) =>
  createStack({ program: llamasProgram(code), environment: simulator.environment("deepinfra") });

test("what is wrong is told at preview, all at once, with its path, and without the value of a secret", async () => {
  const stack = await stackOf(`
new inference.ModelDeployment("bad", {
  deepinfra: {
    modelName: pulumi.secret(""),
    gpuu: "H100-80GB",
    numGpus: 9,
    maxBatchSize: "many",
    hf: { repo: pulumi.secret({ hush: "hush-in-an-object" }), token: 48151623421 },
    settings: { minInstances: 5, maxInstances: 2 },
  },
  adopt: pulumi.secret(["hush-in-a-list"]),
  onCreateFailure: "explode",
  waitForReedy: pulumi.secret("hush-at-the-top"),
});`);
  const { text } = await stack.preview({ expectFailure: true });

  for (const failure of [
    "deepinfra.modelName: ",
    'deepinfra.gpuu: is not a known property (did you mean "gpu"?)',
    "deepinfra.gpu: ",
    "deepinfra.numGpus: must be a whole number between 1 and 8, got 9",
    "deepinfra.maxBatchSize: must be ",
    "deepinfra.hf.repo: must be ",
    "deepinfra.hf.token: must be ",
    "deepinfra.settings.minInstances: must not be above maxInstances",
    "adopt: must be the id of an existing deployment",
    'onCreateFailure: must be "keep" or "remove"',
    'waitForReedy: is not a known property (did you mean "waitForReady"?)',
  ]) {
    expect(text).toContain(`has a problem: ${failure}`);
  }
  expect(text).not.toMatch(/hush-|48151623421/);
  expect(text).not.toMatch(/^\s+at .*:\d+/m);

  stack.setProgram(llamasProgram(`new inference.ModelDeployment("two", { deepinfra: {}, opensearch: {} });`));
  const two = await stack.preview({ expectFailure: true });
  expect(two.text).toMatch(/exactly one of .* is allowed, got `deepinfra` and `opensearch`/);
  expect(simulator.requests()).toEqual([]);
});

test("what is not known yet passes, is a change and no replacement, and is what it is in the end", async () => {
  const program = (maximum: number) =>
    llamasProgram(`
const first = llama("first", { deepinfra: { settings: { maxInstances: ${maximum} } } });
const known = first.deploymentId.apply((id) => id.length);
llama("second", { deepinfra: { modelName: known.apply((length) => "second-of-" + length), numGpus: known.apply(() => 2) } });
llama("third", { deepinfra: { settings: first.deploymentId.apply(() => ({ maxInstances: 3 })) } });
new inference.ModelDeployment("fourth", { deepinfra: known.apply(() => ({ modelName: "fourth", gpu: "L4-24GB", hf: { repo: "acme/fourth" } })) });`);
  const stack = await stackOf("");
  stack.setProgram(program(2));
  const preview = await stack.preview();
  expect(preview.changes).toMatchObject({ create: 5 });
  expect(simulator.requests()).toEqual([]);

  await stack.up();
  expect(deploymentOf(simulator, "second-of-16").details).toMatchObject({ numGpus: 2 });
  expect(deploymentOf(simulator, "fourth").details).toMatchObject({ gpu: "L4-24GB" });

  stack.setProgram(program(4));
  const before = simulator.requests().length;
  const changed = await stack.preview();
  expect(simulator.requests()).toHaveLength(before);
  expect(operations(changed)).toEqual({ first: "update", second: "update", third: "update", fourth: "update" });
  const up = await stack.up();
  expect(operations(up)).toEqual({ first: "update", second: "same", third: "same", fourth: "same" });
  expect(posts(simulator)).toHaveLength(4);
  expect(simulator.violations()).toEqual([]);
});

function operations({ steps }: OperationResult): Record<string, string> {
  return Object.fromEntries(steps.map(({ name, operation }) => [name, operation]));
}
