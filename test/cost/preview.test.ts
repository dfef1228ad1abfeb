/** What a preview tells of the costs of one deployment, by what the simulator asks for its GPUs. */
import { createConnections } from "../../provider/connection/connection";
import { previewCost } from "../../provider/cost/preview";
import { unknownValue } from "../../provider/inputs/unknown";
import { deepinfra } from "../../provider/platforms/deepinfra";
import { foundry } from "../../provider/platforms/foundry";
import { opensearch } from "../../provider/platforms/opensearch";
import type { AnyPlatform } from "../../provider/resources/resource-kind";
import { systemClock } from "../../provider/wait/clock";
import { type Scenario, type Simulator, startSimulator } from "../../simulator";

let simulator: Simulator;

afterEach(async () => {
  expect(simulator.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  await simulator.close();
});

async function start(scenario: Scenario = {}): Promise<void> {
  simulator = await startSimulator({ readyAfterMs: 0, scenario });
}

const llama = (maxInstances: unknown, more: object = {}) => ({
  ...{ modelName: "llama", gpu: "H100-80GB", numGpus: 2, hf: { repo: "acme/llama" } },
  settings: { minInstances: 1, maxInstances },
  ...more,
});

interface Plan {
  platform?: AnyPlatform;
  inputs: object;
  before?: object;
  overlaps?: boolean;
  maxUsdPerHour?: number;
}

/** Several of one process, and so of one connection. */
async function told(...plans: Plan[]): Promise<string[]> {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const warn = (line: string): void => void lines.push(`warning: ${line}`);
  const call = {
    log: { status: say, info: say, warn },
    signal: new AbortController().signal,
    timeoutSeconds: undefined,
    clock: systemClock,
  };
  const sources = { config: () => undefined, explicit: false, environment: simulator.environment() };
  const connections = createConnections(sources, { ...retryOnce });
  for (const { platform = deepinfra, inputs, before, overlaps = false, maxUsdPerHour } of plans) {
    await previewCost(call, {
      connection: connections.connect(platform),
      inputs: { maxUsdPerHour },
      block: { platform, inputs: inputs as Record<string, unknown> },
      before: before && { platform, inputs: before as Record<string, unknown> },
      overlaps,
    });
  }
  return lines;
}

const retryOnce = {
  ...{ retries: 1, throttledRetries: 1, firstWaitMs: 0, longestWaitMs: 0, longestRetryAfterMs: 0 },
};

it("tells the price at the minimum and at the maximum of replicas, and asks once for all deployments", async () => {
  await start();

  expect(await told({ inputs: llama(3) }, { inputs: llama(1) })).toEqual([
    "DeepInfra, 2 × H100-80GB, 1 to 3 replicas: 4.40 to 13.20 US dollars an hour",
    "warning: DeepInfra: up to 6 H100-80GB are asked for; 4 GPUs are documented as the limit of an account, whose own limit was not told",
    "DeepInfra, 2 × H100-80GB, 1 replica: 4.40 US dollars an hour",
  ]);
  expect(simulator.requests({ path: /gpu_availability$/ })).toHaveLength(1);
});

it("tells of a change only where it costs something else", async () => {
  await start();

  expect(
    await told(
      { inputs: llama(2), before: llama(2, { maxBatchSize: 8 }) },
      { inputs: llama(2), before: llama(1) },
      { inputs: llama(2), before: llama(1, { gpu: "A100-80GB" }), overlaps: true },
    ),
  ).toEqual([
    "DeepInfra, 2 × H100-80GB, 1 to 2 replicas: 4.40 to 8.80 US dollars an hour; before: 4.40 US dollars an hour",
    "DeepInfra, 2 × H100-80GB, 1 to 2 replicas: 4.40 to 8.80 US dollars an hour; the old and the new deployment run side by side until the new one is ready, up to 10.58 US dollars an hour together",
  ]);
});

it("says what is unknown, and why, and of what takes no hardware by itself nothing", async () => {
  await start();
  const scorer = { modelRid: "ri.m", branch: "b", runtimeConfiguration: { minReplicas: 1, maxReplicas: 2 } };

  expect(
    await told(
      { inputs: llama(unknownValue) },
      { inputs: llama(1, { gpu: unknownValue }) },
      { inputs: llama(1, { gpu: "TPU" }) },
      { platform: foundry, inputs: scorer },
      { platform: opensearch, inputs: { modelId: "x" } },
    ),
  ).toEqual([
    "DeepInfra, 2 × H100-80GB, 1 to ? replicas: its price for an hour is unknown: its replicas are not known yet",
    "DeepInfra, 2 × any GPU, 1 replica: its price for an hour is unknown: its GPUs are not known yet",
    "DeepInfra, 2 × TPU, 1 replica: its price for an hour is unknown: no price is told of 2 × TPU",
    "Palantir Foundry, 1 to 2 replicas: its price for an hour is unknown: its API tells no prices; it bills the compute of replicas that start or run",
  ]);
});

it("fails no preview when the prices cannot be read", async () => {
  await start();
  simulator.fault({
    platform: "deepinfra",
    path: "/deploy/llm/gpu_availability",
    kind: "status",
    status: 403,
    times: 9,
  });

  expect(await told({ inputs: llama(1), maxUsdPerHour: 1 })).toEqual([
    expect.stringMatching(
      /^DeepInfra, 2 × H100-80GB, 1 replica: its price for an hour is unknown: its prices could not/,
    ),
  ]);
});

it("refuses what is above maxUsdPerHour, and warns of GPUs that are not there or not allowed", async () => {
  await start({ deepinfra: { gpuLimits: { "H100-80GB": 3 }, unavailableGpus: ["H100-80GB"] } });

  await expect(told({ inputs: llama(3), maxUsdPerHour: 13 })).rejects.toThrow(
    "DeepInfra: with all replicas, an hour would cost 13.2 US dollars, above maxUsdPerHour, which is 13; nothing was asked for",
  );
  expect(await told({ inputs: llama(2), maxUsdPerHour: 13 })).toEqual([
    "DeepInfra, 2 × H100-80GB, 1 to 2 replicas: 4.40 to 8.80 US dollars an hour",
    "warning: DeepInfra says that it has no such GPUs now; the deployment may fail or wait",
    "warning: DeepInfra: up to 4 H100-80GB are asked for, and the account may have 3",
  ]);
});
