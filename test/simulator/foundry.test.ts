import { type Simulator, startSimulator } from "../../simulator";
import { configuration, create, createdRid, foundry, model, replace, standing } from "./foundry-calls";
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

describe("create", () => {
  it("takes the documented sample, and begins to provision", async () => {
    const answer = await create(simulator, sample);
    const { sources: _, ...shown } = sample;

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      rid: expect.stringMatching(/^ri\.foundry-ml-live\.main\.live-deployment\.[0-9a-f-]{36}$/) as string,
      modelVersion: {
        modelRid: model,
        modelVersionRid: expect.stringMatching(/^ri\.models\.main\.model-version\./) as string,
      },
      branch: "master",
      runtimeConfiguration: shown,
      status: { state: "STARTING", isReady: false },
    });
    pass(1000);
    expect(await standing(simulator, String(answer.at("rid")))).toBe("ACTIVE ready");
    expect(simulator.violations()).toEqual([]);
  });

  it("keeps values of environment variables out of the log", async () => {
    await create(simulator, { environmentVariables: { TOKEN: "hush" } });

    expect(JSON.stringify(simulator.requests().map(({ rawBody: _, ...shown }) => shown))).not.toContain("hush");
    expect(JSON.stringify(simulator.deployments("foundry"))).not.toContain("hush");
  });

  it.each([
    ["refuse", 400, 1],
    ["return-existing", 200, 1],
    ["create-another", 200, 2],
  ])("on the same branch: %s", async (secondCreate, status, count) => {
    configure({ secondCreate });
    await create(simulator);

    expect((await create(simulator)).status).toBe(status);
    expect((await create(simulator, {}, "other")).status).toBe(200);
    const list = await foundry(simulator, "GET", `?modelRid=${model}&branch=master`);
    expect(list.at("data")).toHaveLength(count);
    expect((await foundry(simulator, "GET", `?modelRid=${model}`)).at("data")).toHaveLength(count + 1);
  });

  it("fails without a reason", async () => {
    simulator.configure({ outcome: "no-capacity" });
    const rid = await createdRid(simulator);
    pass(1000);

    expect((await foundry(simulator, "GET", `/${rid}`)).at("status")).toEqual({ state: "FAILED", isReady: false });
  });

  it.each([
    ["refused", undefined],
    ["failed", "FAILED"],
    ["starting", "STARTING"],
  ])("on a branch without a version: %s", async (emptyBranchOutcome, state) => {
    configure({ emptyBranches: ["master"], emptyBranchOutcome });
    const answer = await create(simulator);
    pass(1_000_000);

    if (state === undefined) expect(answer.status).toBe(400);
    else expect(await standing(simulator, String(answer.at("rid")))).toBe(state);
  });
});

describe("replace", () => {
  it("is whole, and serves on", async () => {
    const rid = await createdRid(simulator, { cpu: 4, environmentVariables: { A: "1" } });
    pass(1000);
    const answer = await replace(simulator, rid, { maxReplicas: 5 });

    expect(answer.at("status")).toEqual({ state: "ACTIVE", isReady: true });
    expect(await configurationOf(rid)).toMatchObject({ maxReplicas: 5, cpu: 1, threadCount: 32 });
    expect(await configurationOf(rid)).not.toHaveProperty("environmentVariables");
  });

  it("may keep what is left out, restart, or show late", async () => {
    configure({ omittedFields: "kept", replaceRestarts: true, replaceShowsAfterMs: 2000, serverDefaults: "none" });
    const rid = await createdRid(simulator, { cpu: 4 });
    pass(1000);
    await replace(simulator, rid, { maxReplicas: 5 });

    expect(await configurationOf(rid)).toEqual({ ...configuration, cpu: 4 });
    expect(await standing(simulator, rid)).toBe("STARTING");
    pass(2000);
    expect(await configurationOf(rid)).toEqual({ ...configuration, maxReplicas: 5, cpu: 4 });
    expect(simulator.deployments("foundry")).toMatchObject([{ starts: 2 }]);
  });

  it("does not change sources but on a disabled deployment", async () => {
    const source = "ri.magritte..source.1";
    const rid = await createdRid(simulator);
    const refused = await replace(simulator, rid, { sources: [source] });

    expect(refused.status).toBe(409);
    expect(refused.json).toEqual({
      errorCode: "CONFLICT",
      errorName: "LiveDeploymentSourcesCannotBeUpdatedWhileRunning",
      errorInstanceId: expect.any(String) as string,
      parameters: { liveDeploymentRid: rid },
    });
    await post(rid, "disable");
    expect((await replace(simulator, rid, { sources: [source] })).status).toBe(200);
    expect(await configurationOf(rid)).toMatchObject({ sources: [source] });
    expect(await standing(simulator, rid)).toBe("DISABLED");
    expect((await replace(simulator, rid, { sources: [source], cpu: 2 })).status).toBe(200);
  });

  it("may start a disabled deployment", async () => {
    configure({ replaceStartsDisabled: true });
    const rid = await createdRid(simulator);
    await post(rid, "disable");
    await replace(simulator, rid);

    expect(await standing(simulator, rid)).toBe("STARTING");
  });
});

describe("disable and start", () => {
  it("answer 204 without a body, also twice, and take none", async () => {
    const rid = await createdRid(simulator);
    pass(1000);
    for (const operation of ["disable", "disable", "start", "start"]) {
      const answer = await post(rid, operation);
      expect([answer.status, answer.text]).toEqual([204, ""]);
    }
    expect(await standing(simulator, rid)).toBe("STARTING");
    expect(simulator.deployments("foundry")).toMatchObject([{ starts: 2 }]);
    expect(simulator.violations()).toEqual([]);
    expect((await post(rid, "disable", {})).status).toBe(400);
    expect(simulator.violations()).toHaveLength(1);
  });

  it("keep the deployment; how long it takes and whether the list shows it is a choice", async () => {
    simulator.configure({ removedAfterMs: 300 });
    const rid = await createdRid(simulator);
    const listed = async () => (await foundry(simulator, "GET", `?modelRid=${model}`)).at("data") as unknown[];
    pass(1000);
    await post(rid, "disable");
    expect(await standing(simulator, rid)).toBe("ACTIVE ready");
    expect((await replace(simulator, rid, { sources: ["ri.magritte..source.1"] })).status).toBe(409);
    pass(300);

    expect(await standing(simulator, rid)).toBe("DISABLED");
    expect(await listed()).toHaveLength(1);
    expect(simulator.deployments("foundry")).toMatchObject([{ id: rid, removed: true, status: "DISABLED" }]);
    configure({ listHidesDisabled: true });
    expect(await listed()).toEqual([]);
  });

  it("has no delete", async () => {
    const answer = await foundry(simulator, "DELETE", `/${await createdRid(simulator)}`);
    expect([answer.status, answer.text]).toEqual([405, ""]);
  });
});
