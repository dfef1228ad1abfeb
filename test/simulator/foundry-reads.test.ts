import { type Simulator, startSimulator } from "../../simulator";
import { call } from "./calls";
import { collection, configuration, createdRid, foundry, foundryWith, model, standing } from "./foundry-calls";
import { freezeTime } from "./frozen-time";

let simulator: Simulator;
let pass: (ms: number) => void;

beforeEach(async () => {
  pass = freezeTime();
  simulator = await startSimulator({ readyAfterMs: 1000 });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

const configure = (options: Record<string, unknown>) => simulator.configure({ foundry: options });
const act = (id: string, action: string, values: Record<string, unknown> = {}) =>
  simulator.act({ platform: "foundry", id, action, ...values });
const post = (rid: string, operation: string, body?: unknown) =>
  foundry(simulator, "POST", `/${rid}/${operation}`, body);
const configurationOf = async (rid: string) =>
  (await foundry(simulator, "GET", `/${rid}`)).at("runtimeConfiguration") as Record<string, unknown>;

const sample = {
  minReplicas: 0,
  maxReplicas: 3,
  cpu: 1.0,
  memory: "1GiB",
  threadCount: 32,
  gpu: { count: 1, type: "A100" },
  scalingConfiguration: {
    scaleUpLoadThreshold: 0.75,
    scaleUpDelay: { unit: "SECONDS", value: 60 },
    scaleDownDelay: { unit: "MINUTES", value: 30 },
  },
  sources: [],
  environmentVariables: { LOG_LEVEL: "INFO" },
};

describe("what reads show", () => {
  it("server defaults, or not", async () => {
    const rid = await createdRid(simulator);

    expect(Object.keys(await configurationOf(rid)).sort()).toEqual(
      ["cpu", "maxReplicas", "memory", "minReplicas", "scalingConfiguration", "threadCount"].sort(),
    );
    configure({ serverDefaults: "thread-count", emptyParts: "present" });
    const shown = { ...configuration, threadCount: 32, sources: [], environmentVariables: {} };
    expect(await configurationOf(rid)).toEqual(shown);
    configure({ serverDefaults: "none", emptyParts: "never-any" });
    expect(await configurationOf(rid)).toEqual(configuration);
  });

  it("values in another spelling", async () => {
    configure({ normalises: true });
    const rid = await createdRid(simulator, { ...sample, memory: "1024MiB" });

    expect(await configurationOf(rid)).toMatchObject({
      memory: "1GiB",
      scalingConfiguration: {
        scaleUpDelay: { value: 1, unit: "MINUTES" },
        scaleDownDelay: { value: 30, unit: "MINUTES" },
      },
    });
  });

  it("any starting state", async () => {
    configure({ startingState: "PROVISIONING" });
    expect(await standing(simulator, await createdRid(simulator))).toBe("PROVISIONING");
  });
});

describe("what happens by itself or outside", () => {
  let rid: string;

  beforeEach(async () => {
    rid = await createdRid(simulator, { minReplicas: 0 });
    pass(1000);
  });

  it("scales to zero and back, within the bounds", async () => {
    act(rid, "scale", { running: 0 });
    expect(await standing(simulator, rid)).toBe("ACTIVE");
    expect((await post(rid, "transformJson", { input: { input_df: [{ a: 1 }, { a: 2 }] } })).json).toEqual({
      output: { output_df: [{ prediction: 1.5 }, { prediction: 1.5 }] },
    });
    expect(await standing(simulator, rid)).toBe("ACTIVE ready");
    act(rid, "scale", { running: 9 });
    expect(simulator.deployments("foundry")[0]?.replicas).toMatchObject({ running: 3 });
  });

  it("upgrades to the newest version", async () => {
    const version = async () => (await foundry(simulator, "GET", `/${rid}`)).at("modelVersion.modelVersionRid");
    const before = await version();
    act(rid, "publish");

    expect(await version()).not.toBe(before);
  });

  it("degrades, fails, recovers, is changed, stopped and trashed", async () => {
    act(rid, "degrade");
    expect(await standing(simulator, rid)).toBe("DEGRADED ready");
    act(rid, "fail");
    expect(await standing(simulator, rid)).toBe("FAILED");
    expect((await post(rid, "transformJson", { input: { x: 1 } })).status).toBe(503);
    act(rid, "finish");
    expect(await standing(simulator, rid)).toBe("ACTIVE ready");
    act(rid, "configure", { runtimeConfiguration: { maxReplicas: 7 } });
    expect(await configurationOf(rid)).toMatchObject({ maxReplicas: 7 });
    act(rid, "disable");
    expect(await standing(simulator, rid)).toBe("DISABLED");
    act(rid, "delete");
    expect((await foundry(simulator, "GET", `/${rid}`)).at("errorName")).toBe("LiveDeploymentNotFound");
    expect(() => act(rid, "start")).toThrow("foundry has no live deployment");
    expect(() => act(rid, "explode")).toThrow(/cannot "explode"/);
  });

  it("is also asked by the older way", async () => {
    const headers = { authorization: `Bearer ${simulator.credentials.foundryToken}` };
    const path = `/foundry-ml-live/api/inference/transform/${rid}/v2`;
    const answer = await call(simulator.url, "POST", path, { headers, body: { input_df: [{ a: 1 }] } });

    expect(answer.json).toEqual({ output_df: [{ prediction: 1.5 }] });
  });
});

it("has two kinds of 404", async () => {
  const known = await foundry(simulator, "GET", "/ri.foundry-ml-live.main.live-deployment.gone");
  expect([known.status, known.at("errorName")]).toEqual([404, "LiveDeploymentNotFound"]);

  const rid = await createdRid(simulator);
  configure({ api: "without-disable-and-start" });
  const late = await post(rid, "disable");
  expect([late.status, late.text]).toEqual([404, ""]);
  configure({ api: "none" });
  const none = await foundryWith(simulator, "any", "GET", `?modelRid=${model}`);
  expect([none.status, none.text]).toEqual([404, ""]);
  expect((await call(simulator.url, "GET", `${collection.replace("models", "nothing")}`)).text).toBe("");
});
