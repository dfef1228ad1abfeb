/** Many deployments in one stack, at once, on accounts that throttle and fail. Judged by what the simulator recorded. */
import { canSample, sampleProcesses } from "../../bench/processes";
import { type Simulator, startSimulator } from "../../simulator";
import { createStack, type OperationResult, type Program, type Stack } from "../support/engine";

/** Kore.ai is left out: it cannot be asked what an answer that was lost has made. */
const counts = { deepinfra: 120, foundry: 80 };
const total = counts.deepinfra + counts.foundry;
/** Requests in a second: what the user lets through, and what each platform admits, which is less. */
const [sent, admitted] = [60, 40];

const program: Program = {
  language: "javascript",
  code: `const inference = require("pulumi-inference");
for (let i = 0; i < ${counts.deepinfra}; i++) {
  new inference.ModelDeployment("llama-" + i, {
    deepinfra: { modelName: "llama-" + i, gpu: "H100-80GB", hf: { repo: "acme/llama" } },
  });
}
for (let i = 0; i < ${counts.foundry}; i++) {
  new inference.LiveDeployment("scorer-" + i, {
    modelRid: "ri.models.main.model.scorer-" + i,
    branch: "master",
    runtimeConfiguration: { minReplicas: 1, maxReplicas: 2 },
  });
}
`,
};

let simulator: Simulator;
let stack: Stack;
let up: OperationResult;
let peakBytes = 0;

beforeAll(async () => {
  simulator = await startSimulator({
    readyAfterMs: 3_000,
    scenario: {
      seed: 7,
      throttling: { requestsPerSecond: admitted, retryAfterSeconds: 1 },
      serverErrors: { share: 0.05, status: 500 },
    },
  });
  // A busy machine may never send more than the platforms admit.
  const status429 = { kind: "status", status: 429, headers: { "retry-after": "1" } } as const;
  for (const platform of ["deepinfra", "foundry"]) simulator.fault({ platform, skip: 20, times: 3, ...status429 });
  stack = await createStack({
    program,
    environment: {
      ...simulator.environment("deepinfra"),
      ...simulator.environment("foundry"),
      PULUMI_INFERENCE_REQUESTS_PER_SECOND: String(sent),
      // With all that Pulumi loads, since the memory is measured.
      NODE_OPTIONS: "",
    },
  });
  const sampling = setInterval(() => {
    const providers = sampleProcesses(stack.folder).filter(({ isProvider }) => isProvider);
    peakBytes = Math.max(peakBytes, ...providers.map(({ peakBytes }) => peakBytes));
  }, 500);
  up = await stack.up({ parameters: ["--parallel", String(total)] });
  clearInterval(sampling);
});
afterAll(() => simulator.close());

test("all end ready, in one run", async () => {
  const { deployment } = await stack.exportState();
  const statuses = (deployment.resources ?? []).map(({ outputs }) => outputs?.["status"]).filter(Boolean);

  expect(up.changes["create"]).toBe(total + 1);
  expect(statuses).toEqual(Array.from({ length: total }, () => "ready"));
});

test("none is made twice", () => {
  for (const [platform, count] of Object.entries(counts)) {
    const made = simulator.deployments(platform as keyof typeof counts);
    expect(made).toHaveLength(count);
    expect(new Set(made.map(({ name }) => name)).size).toBe(count);
  }
});

test("faults did strike, and no account got more requests than the cap lets through", () => {
  for (const platform of ["deepinfra", "foundry"]) {
    const requests = simulator.requests({ platform });
    for (const fault of [500, 429]) {
      expect(requests.filter(({ status }) => status === fault).length).toBeGreaterThan(0);
    }
    const atMs = requests.map(({ atMs }) => atMs);
    const lastedSeconds = ((atMs.at(-1) ?? 0) - (atMs[0] ?? 0)) / 1_000;
    // One beyond, since the first one leaves at once; and what clocks round off.
    expect(requests.length).toBeLessThanOrEqual(sent * lastedSeconds + 2);
  }
});

test("the provider's process stays small", () => {
  console.log(`${total} deployments: the provider's process took ${Math.round(peakBytes / 2 ** 20)} MiB at most`);
  // Without /proc there is nothing to look at.
  if (canSample) expect(peakBytes).toBeGreaterThan(0);
  expect(peakBytes).toBeLessThan(400 * 2 ** 20);
});

test("all are removed", async () => {
  await stack.destroy({ parameters: ["--parallel", String(total)] });

  const left = simulator.deployments().filter(({ removed, starts }) => !removed && starts > 0);
  expect(left).toEqual([]);
  expect(simulator.violations()).toEqual([]);
});
