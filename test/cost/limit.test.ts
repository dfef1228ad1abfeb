/** `maxUsdPerHour`, in the life of a deployment against the simulator. */
import { createConnections } from "../../provider/connection/connection";
import { noIntentRecord } from "../../provider/intent/intent";
import { check } from "../../provider/lifecycle/check";
import { create } from "../../provider/lifecycle/create";
import { diff } from "../../provider/lifecycle/diff";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { update } from "../../provider/lifecycle/update";
import { liveDeployment } from "../../provider/resources/live-deployment";
import { modelDeployment } from "../../provider/resources/model-deployment";
import { systemClock } from "../../provider/wait/clock";
import { type Simulator, startSimulator } from "../../simulator";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.violations()).toEqual([]);
});

const silence = (): void => {};

function newCall(kind = modelDeployment): ProviderCall {
  const environment = simulator.environment();
  return {
    kind,
    connections: createConnections({ config: () => undefined, explicit: false, environment }),
    log: { status: silence, info: silence, warn: silence },
    intent: noIntentRecord,
    signal: new AbortController().signal,
    timeoutSeconds: undefined,
    clock: systemClock,
  };
}

/** Each instance costs 4.40 USD in the simulator. */
const inputs = (maxInstances: number, maxUsdPerHour?: number) => ({
  deepinfra: {
    modelName: "llama",
    gpu: "H100-80GB",
    numGpus: 2,
    hf: { repo: "acme/llama" },
    settings: { minInstances: 1, maxInstances },
  },
  ...(maxUsdPerHour === undefined ? {} : { maxUsdPerHour }),
});

const changes = () => simulator.requests({ platform: "deepinfra" }).filter(({ method }) => method !== "GET");
const priceRequests = () => simulator.requests({ path: /gpu_availability$/ });

it("lets pass what costs as much, and refuses what costs more before it is asked for", async () => {
  await expect(create(newCall(), inputs(3, 13.19))).rejects.toThrow(
    "DeepInfra: with all replicas, an hour would cost 13.2 US dollars, above maxUsdPerHour, which is 13.19; nothing was asked for",
  );
  expect(changes()).toEqual([]);
  await create(newCall(), inputs(3, 13.2));
  expect(changes().map(({ path }) => path)).toEqual(["/deploy/llm"]);
});

it("asks for no price where there is no limit", async () => {
  await create(newCall(), inputs(3));
  expect(priceRequests()).toEqual([]);
});

it.each([
  ["is not told", { kind: "status", status: 200, body: { gpus: [] } } as const, "no price is told of 2 × H100-80GB"],
  ["cannot be read", { kind: "status", status: 403, body: {} } as const, "its prices could not be read"],
])("refuses where the price %s", async (_what, fault, message) => {
  simulator.fault({ platform: "deepinfra", path: "gpu_availability$", times: 9, ...fault });
  await expect(create(newCall(), inputs(1, 100))).rejects.toThrow(message);
  expect(changes()).toEqual([]);
});

describe("of a deployment that runs", () => {
  const changed = async (from: number, to: number, limit: number, before: () => void = silence): Promise<string[]> => {
    const { id, state } = await create(newCall(), inputs(from));
    const made = changes().length;
    before();
    const outcome = update(newCall(), id, state, inputs(to, limit));
    await outcome.catch((error: Error) => expect(error.message).toContain("above maxUsdPerHour"));
    return changes()
      .slice(made)
      .map(({ method, path }) => `${method} ${path.replace(id.slice(10), "id")}`);
  };

  it("refuses to grow above it, and not to grow below it", async () => {
    expect(await changed(1, 4, 17)).toEqual([]);
    simulator.reset();
    expect(await changed(1, 4, 18)).toEqual(["PUT /deploy/id"]);
  });

  it("does not hold up what gets smaller, and is still above it", async () => {
    expect(await changed(4, 3, 5)).toEqual(["PUT /deploy/id"]);
    expect(priceRequests()).toEqual([]);
  });

  it("refuses to start one again that stands still", async () => {
    const stop = (): void => {
      const [deployment] = simulator.deployments("deepinfra");
      simulator.act({ platform: "deepinfra", id: deployment?.id ?? "", action: "stop" });
    };
    expect(await changed(2, 2, 5, stop)).toEqual([]);
  });

  it("is no change by itself", async () => {
    const { state } = await create(newCall(), inputs(1));
    expect(diff(modelDeployment, state, inputs(1, 1)).changes).toBe(false);
  });
});

it("is refused at preview where it is no amount, or can never be held", () => {
  const { connections } = newCall();
  const failures = (given: Record<string, unknown>, kind = modelDeployment) =>
    check(kind, given, connections, true).failures;

  for (const amount of [0, -1, "5"]) {
    expect(failures({ ...inputs(1), maxUsdPerHour: amount })).toEqual(["maxUsdPerHour: must be a number above 0"]);
  }
  expect(failures({ opensearch: { modelId: "x" }, maxUsdPerHour: 5 })).toEqual([
    "maxUsdPerHour: cannot be held on OpenSearch: a cluster tells no prices; leave it out",
  ]);
  const live = {
    modelRid: "ri.models.main.model.x",
    branch: "main",
    runtimeConfiguration: { minReplicas: 1, maxReplicas: 1 },
  };
  expect(failures({ ...live, maxUsdPerHour: 5 }, liveDeployment)).toEqual([
    expect.stringContaining("cannot be held on Palantir Foundry") as string,
  ]);
  expect(failures(inputs(1, 5))).toEqual([]);
});
