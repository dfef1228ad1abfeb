import { type Scenario, type Simulator, startSimulator } from "../../simulator";
import { type Answer, call, deployBody, kore, never } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

const request = (method: string, path: string, body?: unknown) => kore(simulator, method, path, body);

const deploy = (change: Record<string, unknown> = {}, id = "cm-1", type = "openSource"): Promise<Answer> =>
  request("POST", `/api/public/models/${id}/deploy?modelType=${type}`, { ...deployBody, ...change });

const undeploy = (id = "cm-1"): Promise<Answer> => request("POST", `/api/public/models/${id}/undeploy`);

const job = (id: string): Promise<Answer> => request("GET", `/api/public/dock-status/${id}`);

const options = (chosen: NonNullable<Scenario["kore"]>): void => simulator.configure({ kore: chosen });

async function deployedJob(): Promise<string> {
  return String((await deploy()).at("dock-statusId"));
}

describe("deploy", () => {
  it("answers the documented sample, then a dock status", async () => {
    const answer = await deploy();

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      "dock-statusId": expect.stringMatching(/^ds-/) as string,
      modelId: "cm-1",
      jobType: "MODELS",
      action: "DEPLOY",
      status: "IN_PROGRESS",
    });
    const id = String(answer.at("dock-statusId"));
    expect((await job(id)).json).toEqual({
      _id: id,
      modelId: "cm-1",
      jobType: "MODELS",
      action: "DEPLOY",
      status: "SUCCESS",
    });
    expect(simulator.violations()).toEqual([]);
  });

  it("takes every documented field", async () => {
    const answer = await deploy(
      {
        isDeployedPreviously: true,
        hyperParameters: { temperature: 2, maxTokens: 0, topP: 0, topK: 100, stopSequence: ["\n"] },
        scalingParameters: {
          maxBatchSize: 10,
          minReplicas: 1,
          maxReplicas: 2,
          scaleUpDelay: 30,
          scaleDownDelay: 600,
        },
        optimizationInfo: { optimizationType: "", quantizationType: "" },
      },
      "cm-2",
      "fineTune",
    );

    expect(answer.status).toBe(200);
    expect(simulator.violations()).toEqual([]);
    expect(simulator.deployments("kore")).toMatchObject([
      {
        id: "cm-2",
        name: "flan",
        replicas: { minimum: 1, maximum: 2, running: 1 },
        details: { modelType: "fineTune" },
      },
    ]);
  });

  it.each([
    ["temperature", { hyperParameters: { ...deployBody.hyperParameters, temperature: 2.1 } }],
    ["maxTokens", { hyperParameters: { ...deployBody.hyperParameters, maxTokens: 513 } }],
    ["topP", { hyperParameters: { ...deployBody.hyperParameters, topP: -0.1 } }],
    ["topK", { hyperParameters: { ...deployBody.hyperParameters, topK: 0 } }],
    ["topK", { hyperParameters: { ...deployBody.hyperParameters, topK: undefined } }],
    ["minReplicas", { scalingParameters: { minReplicas: 0 } }],
    ["maxReplicas", { scalingParameters: { maxReplicas: 51 } }],
    ["scaleUpDelay", { scalingParameters: { scaleUpDelay: 1001 } }],
    ["scaleDownDelay", { scalingParameters: { scaleDownDelay: 49 } }],
    ["deviceType", { deviceType: "p4d.24xlarge" }],
    ["quantizationType", { optimizationInfo: { quantizationType: "awq" } }],
    ["name", { name: undefined }],
  ])("refuses a wrong %s", async (field, change) => {
    const answer = await deploy(change);

    expect(answer.status).toBe(400);
    expect(answer.at("errors.0.msg")).toContain(field);
    expect(simulator.violations()).toEqual([]);
    expect(simulator.deployments()).toEqual([]);
  });

  it("refuses an undocumented field and a null as violations, unless told otherwise", async () => {
    expect((await deploy({ region: "eu" })).status).toBe(400);
    expect((await deploy({ isDeployedPreviously: null })).status).toBe(400);
    options({ strict: false });
    expect((await deploy({ region: "eu" })).status).toBe(200);
    expect(simulator.violations()).toHaveLength(3);
  });

  it("takes the misspelt flag in the dialect of GALE alone", async () => {
    expect((await deploy({ isDeployedPreviouly: true })).status).toBe(400);
    options({ dialect: "gale" });
    expect((await deploy({ isDeployedPreviouly: true })).status).toBe(200);
  });

  it("needs a model type", async () => {
    expect((await request("POST", "/api/public/models/cm-1/deploy", deployBody)).status).toBe(400);
    expect((await deploy({}, "cm-1", "closedSource")).status).toBe(400);
  });

  it("refuses a colon in the path", async () => {
    expect((await deploy({}, ":cm-1")).status).toBe(404);
    expect((await deploy({}, "%3Acm-1")).status).toBe(404);
    expect(simulator.violations()).toHaveLength(2);
  });

  it("refuses a first deployment, and a model that the account does not have", async () => {
    options({ neverDeployed: ["cm-new"], models: ["cm-1", "cm-new"] });

    expect((await deploy({}, "cm-1")).status).toBe(200);
    expect((await deploy({}, "cm-new")).status).toBe(400);
    expect((await deploy({}, "cm-2")).status).toBe(404);
    expect((await undeploy("cm-2")).status).toBe(404);
  });

  it("appends a version to the name at each deployment after the first", async () => {
    await deploy();
    await deploy();
    await deploy();

    expect(simulator.deployments("kore")).toMatchObject([{ id: "cm-1", name: "flan_v2", starts: 3 }]);
  });
});

describe("jobs", () => {
  it("are in progress until their time is over", async () => {
    simulator.configure({ readyAfterMs: 2000, kore: { middleStatus: "OPTIMIZING" } });
    const now = Date.now();
    const clock = jest.spyOn(Date, "now").mockReturnValue(now);
    const id = await deployedJob();

    const seen = [];
    for (const elapsed of [0, 999, 1000, 1999, 2000]) {
      clock.mockReturnValue(now + elapsed);
      seen.push((await job(id)).at("status"));
    }
    expect(seen).toEqual(["IN_PROGRESS", "IN_PROGRESS", "OPTIMIZING", "OPTIMIZING", "SUCCESS"]);
  });

  it("fail without a reason, or with one in a chosen field", async () => {
    simulator.configure("failure");
    const id = await deployedJob();

    expect(Object.keys((await job(id)).json as object)).toEqual(["_id", "modelId", "jobType", "action", "status"]);
    options({ reasonField: "statusLogs" });
    expect((await job(id)).json).toMatchObject({
      status: "FAILED",
      statusLogs: "the model's weights could not be loaded",
    });
    expect(simulator.deployments("kore")).toMatchObject([{ status: "Failed" }]);
  });

  it.each(["dock-statusId", "dockStatusId", "dockstatusId", "_id"] as const)("name their id %s", async (jobIdKey) => {
    options({ jobIdKey, dockIdKey: jobIdKey });
    const { json, at } = await deploy();

    expect(Object.keys(json as object)).toEqual([jobIdKey, "modelId", "jobType", "action", "status"]);
    expect((await job(String(at(jobIdKey)))).at(jobIdKey)).toBe(at(jobIdKey));
    expect((await undeploy()).at(jobIdKey)).toMatch(/^ds-/);
  });

  it.each([
    ["ready", "SUCCESS"],
    ["failure", "FAILED"],
  ] as const)("may be over at once: %s", async (outcome, status) => {
    simulator.configure({ outcome, readyAfterMs: never, kore: { immediate: true } });

    expect((await deploy()).at("status")).toBe(status);
  });

  it("may have words in lower case, a wrong action, another owner", async () => {
    options({ statusCase: "lower", wrongAction: true, ownerKey: "workflowId" });
    const { json, at } = await deploy();
    expect(json).toMatchObject({ status: "in_progress", action: "EXPORT" });

    const dock = await job(String(at("dock-statusId")));
    expect(dock.json).toMatchObject({ status: "success", action: "EXPORT", workflowId: "cm-1" });
    expect(dock.at("modelId")).toBeUndefined();
  });

  it("are unknown, or expire", async () => {
    expect((await job("ds-unknown")).status).toBe(404);
    const id = await deployedJob();
    simulator.act({ platform: "kore", id: "cm-1", action: "expire-job" });
    expect((await job(id)).status).toBe(404);
    expect(simulator.deployments("kore")).toMatchObject([{ status: "Deployed" }]);
  });
});

describe("undeploy", () => {
  it("is over at once, and leaves the model", async () => {
    await deploy();

    expect((await undeploy()).json).toMatchObject({ modelId: "cm-1", action: "UNDEPLOY", status: "SUCCESS" });
    expect(simulator.deployments("kore")).toMatchObject([{ id: "cm-1", status: "Ready to Deploy", removed: true }]);
    expect((await deploy()).status).toBe(200);
    expect(simulator.deployments("kore")).toMatchObject([{ status: "Deployed", removed: false }]);
  });

  it("may take a while", async () => {
    simulator.configure({ removedAfterMs: never });
    await deploy();

    const { at } = await undeploy();
    expect(at("status")).toBe("IN_PROGRESS");
    simulator.act({ platform: "kore", id: "cm-1", action: "finish" });
    expect((await job(String(at("dock-statusId")))).at("status")).toBe("SUCCESS");
  });

  it.each([
    ["accept", 200],
    ["refuse", 400],
    ["not-found", 404],
  ] as const)("of a model that is not deployed: %s", async (idleUndeploy, status) => {
    options({ idleUndeploy });
    await deploy();
    await undeploy();

    expect((await undeploy()).status).toBe(status);
  });

  it("takes neither a body nor a model type", async () => {
    await deploy();
    await request("POST", "/api/public/models/cm-1/undeploy?modelType=openSource", {});

    expect(simulator.violations()).toEqual([
      "POST /api/public/models/cm-1/undeploy: query parameter modelType: not documented",
      "POST /api/public/models/cm-1/undeploy: undeploy takes no body",
    ]);
  });
});

describe("errors", () => {
  it.each([401, 403] as const)("refuses a wrong key with %i", async (authStatus) => {
    options({ authStatus });

    for (const headers of [{}, { "x-api-key": "wrong" }, { authorization: "Bearer simulator-kore-key" }]) {
      expect((await call(simulator.url, "GET", "/api/public/dock-status/x", { headers })).status).toBe(authStatus);
    }
  });

  it.each([
    ["errors", '{"errors":[{"msg":"Dock status not found","code":404}]}'],
    ["error", '{"error":{"message":"Dock status not found"}}'],
    ["message", '{"message":"Dock status not found"}'],
    ["msg", '{"msg":"Dock status not found"}'],
    ["text", "Dock status not found"],
  ] as const)("have a chosen shape, since none is documented: %s", async (errorShape, text) => {
    options({ errorShape });

    expect(await job("ds-unknown")).toMatchObject({ status: 404, text });
  });
});

describe("changes from outside", () => {
  const act = (action: string, values = {}) => simulator.act({ platform: "kore", id: "cm-1", action, ...values });
  const status = () => simulator.deployments("kore")[0]?.status;

  it("undeploys and deploys, which no job tells", async () => {
    const id = await deployedJob();
    act("undeploy");
    expect(status()).toBe("Ready to Deploy");
    expect((await job(id)).at("status")).toBe("SUCCESS");
    act("deploy");
    expect(simulator.deployments("kore")).toMatchObject([{ status: "Deployed", starts: 2 }]);
  });

  it("fails the last job", async () => {
    simulator.configure({ readyAfterMs: never, kore: { reasonField: "message" } });
    const id = await deployedJob();
    expect(status()).toBe("Deploying");
    act("fail", { reason: "no more credits" });
    expect((await job(id)).json).toMatchObject({ status: "FAILED", message: "no more credits" });
    expect(() => act("explode")).toThrow(/actions are undeploy, deploy, finish/);
  });
});
