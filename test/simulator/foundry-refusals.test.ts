import { type Simulator, startSimulator } from "../../simulator";
import { type Answer, call } from "./calls";
import {
  collection,
  configuration,
  create,
  createdRid,
  fetchToken,
  foundry,
  foundryWith,
  model,
} from "./foundry-calls";
import { freezeTime } from "./frozen-time";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

const configure = (options: Record<string, unknown>) => simulator.configure({ foundry: options });
const list = (token: string) => foundryWith(simulator, token, "GET", `?modelRid=${model}`);
const refusal = ({ status, json }: Answer) => {
  const { errorCode, errorName, errorInstanceId, parameters } = json as Record<string, unknown>;
  expect(errorInstanceId).toMatch(/^[0-9a-f-]{36}$/);
  return [status, errorCode, errorName, parameters];
};

describe("the declared errors", () => {
  const options = {
    maximumThreadCount: 64,
    maximumGpuCount: 4,
    availableGpuTypes: ["T4", "A10G"],
    reservedVariables: ["PORT"],
    sourcesNotImported: ["s1"],
    sourcesNotExportable: ["s2"],
    sourcesNotEnabled: ["s3"],
  };

  it.each([
    [{ threadCount: 65 }, "ThreadCountTooHigh", { maxThreadCount: 64, providedThreadCount: 65 }],
    [{ gpu: { count: 0 } }, "InvalidGpuCount", { providedGpuCount: 0, maxGpuCount: 4 }],
    [{ gpu: { count: 5 } }, "InvalidGpuCount", { providedGpuCount: 5, maxGpuCount: 4 }],
    [
      { gpu: { count: 1, type: "H100" } },
      "GpuTypeNotAvailable",
      { requestedGpuType: "H100", availableGpuTypes: ["T4", "A10G"] },
    ],
    [{ environmentVariables: { PORT: "1" } }, "ReservedEnvironmentVariable", { name: "PORT" }],
    [
      { sources: ["s1"] },
      "DeploymentSourceNotImportedIntoProject",
      { sourceRid: "s1", projectRid: "ri.compass.main.folder.simulated" },
    ],
    [
      { sources: ["s2"] },
      "DeploymentSourceCannotExportResourceMarkings",
      { sourceRid: "s2", resourceRid: "ri.compass.main.folder.simulated" },
    ],
    [{ sources: ["s3"] }, "DeploymentSourceNotEnabledForComputeModules", { sourceRid: "s3" }],
  ])("%j", async (change, name, parameters) => {
    configure(options);

    expect(refusal(await create(simulator, change))).toEqual([400, "INVALID_ARGUMENT", name, parameters]);
    expect(simulator.deployments("foundry")).toEqual([]);
  });

  it("a model that is not there", async () => {
    configure({ missingModels: [model] });
    const expected = [404, "NOT_FOUND", "ModelNotFound", { modelRid: model }];

    expect(refusal(await create(simulator))).toEqual(expected);
    expect(refusal(await list(simulator.credentials.foundryToken))).toEqual(expected);
  });

  it("what the token may not do", async () => {
    const rid = await createdRid(simulator);
    configure({ deniedOperations: ["create", "replace", "disable", "start", "transformJson"] });

    const denied = (name: string, parameters: unknown) => [403, "PERMISSION_DENIED", name, parameters];
    expect(refusal(await create(simulator))).toEqual(denied("CreateLiveDeploymentPermissionDenied", {}));
    for (const operation of ["disable", "start", "transformJson"]) {
      const name = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}LiveDeploymentPermissionDenied`;
      const answer = await foundry(simulator, "POST", `/${rid}/${operation}`);
      expect(refusal(answer)).toEqual(denied(name, { liveDeploymentRid: rid }));
    }
  });

  it("a deployment of a kind that the API does not handle", async () => {
    const rid = await createdRid(simulator);
    configure({ unsupportedDeployments: [rid] });

    const expected = [400, "INVALID_ARGUMENT", "UnsupportedLiveDeployment", {}];
    expect(refusal(await foundry(simulator, "GET", `/${rid}`))).toEqual(expected);
  });

  it("inputs of inference", async () => {
    const rid = await createdRid(simulator);
    const answer = await foundry(simulator, "POST", `/${rid}/transformJson`, { input: {} });

    expect(refusal(answer).slice(0, 3)).toEqual([400, "INVALID_ARGUMENT", "InferenceInvalidInput"]);
    expect(answer.at("parameters.errorType.type")).toBe("requiredValueMissing");
  });
});

describe("bodies that are wrong", () => {
  const deploymentType = { type: "direct", modelRid: model, branch: "master" };

  it.each([
    ["no type", { runtimeConfiguration: configuration }],
    ["another type", { deploymentType: { ...deploymentType, type: "objective" }, runtimeConfiguration: configuration }],
    ["no maximum", { deploymentType, runtimeConfiguration: { minReplicas: 1 } }],
    ["minimum above maximum", { deploymentType, runtimeConfiguration: { minReplicas: 4, maxReplicas: 3 } }],
    ["half a replica", { deploymentType, runtimeConfiguration: { minReplicas: 0.5, maxReplicas: 3 } }],
    ["no memory", { deploymentType, runtimeConfiguration: { ...configuration, memory: "much" } }],
  ])("%s", async (_what, body) => {
    const answer = await foundry(simulator, "POST", "", body);

    expect([answer.status, answer.at("errorCode")]).toEqual([400, "INVALID_ARGUMENT"]);
    expect(simulator.violations()).toEqual([]);
  });

  it.each([
    ["an unknown field", { ...configuration, replicas: 1 }, "runtimeConfiguration.replicas"],
    ["a null", { ...configuration, gpu: null }, "runtimeConfiguration.gpu"],
  ])("%s, which a client must not send", async (_what, runtimeConfiguration, path) => {
    const answer = await foundry(simulator, "POST", "", { deploymentType, runtimeConfiguration });

    expect([answer.status, answer.at("errorName")]).toEqual([400, "Conjure:InvalidArgument"]);
    expect(simulator.violations().join()).toContain(path);
  });

  it("a list without a model, and another kind of content", async () => {
    const headers = { authorization: `Bearer ${simulator.credentials.foundryToken}`, "content-type": "text/plain" };
    const plain = await call(simulator.url, "POST", `${collection}?preview=true`, { headers, body: "x" });

    expect((await foundry(simulator, "GET", "")).status).toBe(400);
    expect([plain.status, plain.at("errorName")]).toEqual([415, "Conjure:UnsupportedMediaType"]);
  });
});

it("needs preview=true", async () => {
  const headers = { authorization: `Bearer ${simulator.credentials.foundryToken}` };
  const answer = await call(simulator.url, "GET", `${collection}?modelRid=${model}`, { headers });

  expect(refusal(answer).slice(0, 3)).toEqual([400, "INVALID_ARGUMENT", "ApiFeaturePreviewUsageOnly"]);
  expect(simulator.violations()).toEqual([`GET ${collection}: preview=true is missing`]);
});

it("answers injected 429 and 503 without a body, and other faults with an envelope", async () => {
  for (const status of [429, 503, 500]) simulator.fault({ kind: "status", platform: "foundry", status });
  const { foundryToken } = simulator.credentials;
  const [first, second, third] = [await list(foundryToken), await list(foundryToken), await list(foundryToken)];

  expect([first.status, first.text, second.status, second.text]).toEqual([429, "", 503, ""]);
  expect(refusal(third).slice(0, 3)).toEqual([500, "INTERNAL", "Default:Internal"]);
});

describe("tokens", () => {
  it("of a user: missing, wrong, revoked", async () => {
    const none = await call(simulator.url, "GET", `${collection}?modelRid=${model}&preview=true`);
    const wrong = await list("wrong");
    configure({ tokenRevoked: true });
    const revoked = await list(simulator.credentials.foundryToken);

    const names = [none, wrong, revoked].map((answer) => refusal(answer).slice(0, 3));
    expect(names).toEqual([
      [401, "UNAUTHORIZED", "MissingCredentials"],
      [401, "UNAUTHORIZED", "Default:Unauthorized"],
      [401, "UNAUTHORIZED", "Default:Unauthorized"],
    ]);
  });

  it.each(["basic", "form"] as const)("of a client, which authenticates by %s", async (way) => {
    const answer = await fetchToken(simulator, { way, scope: "api:models-read api:models-write" });

    expect(answer.json).toEqual({
      access_token: expect.any(String) as string,
      token_type: "Bearer",
      expires_in: 3600,
    });
    expect((await list(String(answer.at("access_token")))).status).toBe(200);
    expect((await fetchToken(simulator, { way, secret: "wrong" })).json).toEqual({ error: "invalid_client" });
    configure({ clientAuthentication: way === "basic" ? "form" : "basic" });
    expect((await fetchToken(simulator, { way })).status).toBe(401);
    expect(simulator.violations()).toEqual([]);
  });

  it("have scopes", async () => {
    const token = String((await fetchToken(simulator, { scope: "api:models-read" })).at("access_token"));
    const denied = await foundryWith(simulator, token, "POST", "", {});

    expect(refusal(denied).slice(0, 3)).toEqual([403, "PERMISSION_DENIED", "ApiUsageDenied"]);
    expect((await fetchToken(simulator, { scope: "api:everything" })).json).toEqual({ error: "invalid_scope" });
  });

  it("expire, and can be revoked", async () => {
    const pass = freezeTime();
    configure({ tokenLifetimeSeconds: 60 });
    const token = String((await fetchToken(simulator)).at("access_token"));
    pass(59_999);
    expect((await list(token)).status).toBe(200);
    pass(1);
    expect((await list(token)).status).toBe(401);

    const next = String((await fetchToken(simulator)).at("access_token"));
    simulator.act({ platform: "foundry", id: "", action: "revoke-tokens" });
    expect((await list(next)).status).toBe(401);
  });
});
