/** What an import takes from each platform, and what it refuses. */
import { createConnections } from "../../provider/connection/connection";
import { noIntentRecord } from "../../provider/intent/intent";
import { check } from "../../provider/lifecycle/check";
import { diff } from "../../provider/lifecycle/diff";
import { importDeployment } from "../../provider/lifecycle/import";
import { parseImportIdentifier } from "../../provider/lifecycle/import-identifier";
import type { ProviderCall } from "../../provider/lifecycle/provider-call";
import { liveDeployment } from "../../provider/resources/live-deployment";
import { modelDeployment } from "../../provider/resources/model-deployment";
import { systemClock } from "../../provider/wait/clock";
import { type Simulator, startSimulator } from "../../simulator";
import { koreGiven, makeOneOnEach } from "../support/made-outside";

type Ids = Awaited<ReturnType<typeof makeOneOnEach>>;

let simulator: Simulator;
let ids: Ids;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
  ids = await makeOneOnEach(simulator);
});

afterEach(async () => {
  await simulator.close();
  expect(simulator.violations()).toEqual([]);
});

function callFor(id: string): ProviderCall {
  const environment = simulator.environment();
  const silence = (): void => {};
  return {
    kind: id.startsWith("foundry/") ? liveDeployment : modelDeployment,
    connections: createConnections({ config: () => undefined, explicit: false, environment }),
    log: { status: silence, info: silence, warn: silence },
    intent: noIntentRecord,
    signal: new AbortController().signal,
    timeoutSeconds: undefined,
    clock: systemClock,
  };
}

const importing = (id: string, given: Record<string, unknown> = {}) => importDeployment(callFor(id), id, given);

const told: Record<keyof Ids, object> = {
  deepinfra: {
    deepinfra: {
      modelName: "simulated/outside",
      gpu: "A100-80GB",
      numGpus: 2,
      maxBatchSize: 32,
      hf: { repo: "acme/outside", revision: "v2" },
      settings: { minInstances: 0, maxInstances: 3 },
    },
  },
  foundry: {
    modelRid: "ri.models.main.model.outside",
    branch: "main",
    enabled: true,
    runtimeConfiguration: {
      minReplicas: 1,
      maxReplicas: 2,
      cpu: 1.5,
      memory: "2048MiB",
      gpu: { count: 1, type: "A10G" },
      environmentVariables: { "LOG-LEVEL": "debug" },
      threadCount: 32,
      scalingConfiguration: {
        scaleUpLoadThreshold: 0.8,
        scaleUpDelay: { value: 60, unit: "SECONDS" },
        scaleDownDelay: { value: 30, unit: "MINUTES" },
      },
    },
  },
  opensearch: { opensearch: { modelId: "SimulatedRemoteModel" } },
  kore: { kore: { modelId: "cm-outside", ...koreGiven } },
};

it.each(Object.keys(told) as (keyof Ids)[])(
  "of %s everything that is told comes in, and nothing changes",
  async (name) => {
    const { id, inputs, state } = await importing(ids[name], name === "kore" ? koreGiven : {});
    const { kind, connections } = callFor(id);

    expect(id).toBe(ids[name]);
    expect(inputs).toEqual(told[name]);
    expect(check(kind, inputs, connections, true).failures).toEqual([]);
    expect(diff(kind, state, inputs)).toMatchObject({ changes: false, properties: [], repair: "none" });
    expect(state).toMatchObject({ platform: name, deploymentId: id.slice(id.indexOf("/") + 1) });
    expect(JSON.stringify({ inputs, state })).not.toContain("hf_token-of-somebody-else");
    const changing = simulator.requests().filter(({ method, path }) => method !== "GET" && !path.endsWith("/token"));
    expect(changing.map(({ path }) => path)).toEqual(["/deploy/llm", "/api/v2/models/liveDeployments"]);
  },
);

it("takes chosen nodes, and not those of a model that runs on all", async () => {
  simulator.act({
    platform: "opensearch",
    id: "SimulatedRemoteModel",
    action: "undeploy",
    nodeIds: ["SimulatedNode000000001"],
  });
  const { inputs } = await importing(ids.opensearch);

  expect(inputs).toMatchObject({
    opensearch: { nodeIds: expect.not.arrayContaining(["SimulatedNode000000001"]) as string[] },
  });
});

it("says what the platform does not tell, and what naming it later does", async () => {
  expect((await importing(ids.deepinfra)).untold).toEqual([
    { path: "deepinfra.baseModel", effect: "replace" },
    { path: "deepinfra.extraArgs", effect: "replace" },
    { path: "deepinfra.hf.token", effect: "state-only" },
  ]);
  const kore = await importing(ids.kore, { ...koreGiven, scalingParameters: { minReplicas: 1 } });
  expect(kore.untold.map(({ path }) => path)).toEqual([
    "kore.hyperParameters.stopSequence",
    "kore.optimizationInfo",
    "kore.endpoint",
  ]);
  expect(kore.notes).toEqual([expect.stringContaining("Kore's console shows it")]);
  expect(kore.state).toMatchObject({ status: "unknown", ready: false });
});

it("names the required inputs that nobody knows, all at once, and sends nothing that changes", async () => {
  await expect(importing(ids.kore, { modelType: "openSource" })).rejects.toThrow(
    /kore\.name is required; kore\.hyperParameters is required; kore\.deviceType is required; .*kore\/<id>\?name=value/,
  );
});

it("refuses what contradicts the platform, and a secret without showing it", async () => {
  await expect(importing(ids.deepinfra, { gpu: "H100-80GB" })).rejects.toThrow(
    'deepinfra.gpu is "A100-80GB" there, and "H100-80GB" was given',
  );
  await expect(importing(ids.kore, { ...koreGiven, modelId: "cm-other" })).rejects.toThrow("kore.modelId");
  const secret = importing(ids.deepinfra, { hf: { token: "hf_mine-alone" } });
  await expect(secret).rejects.toThrow(/^deepinfra\.hf\.token is secret/);
  await expect(secret).rejects.not.toThrow("hf_mine-alone");
});

it("takes a given spelling that means the same", async () => {
  const { inputs } = await importing(ids.deepinfra, { modelName: "outside", extraArgs: ["--enforce-eager"] });

  expect(inputs).toMatchObject({ deepinfra: { modelName: "outside", extraArgs: ["--enforce-eager"] } });
});

it("refuses what is gone or failed, and tells of what the next update repairs", async () => {
  await expect(importing("foundry/ri.nowhere")).rejects.toThrow("there is no deployment ri.nowhere to import");
  await expect(importing("deepinfra/")).rejects.toThrow("is not an id of this resource");
  const id = ids.deepinfra.slice("deepinfra/".length);
  simulator.act({ platform: "deepinfra", id, action: "stop" });
  expect((await importing(ids.deepinfra)).notes).toEqual([
    "DeepInfra says that it is stopped: the next `pulumi up` repairs that",
  ]);
  simulator.act({ platform: "deepinfra", id, action: "fail" });
  await expect(importing(ids.deepinfra)).rejects.toThrow(/is failed \(.*\), so that `pulumi up` would replace it/);
});

it("leaves out what this version does not understand, and says so", async () => {
  simulator.fault({ platform: "foundry", method: "GET", kind: "status", status: 200, body: newer(), times: 2 });
  const { inputs, notes } = await importing(ids.foundry);

  expect(inputs).toMatchObject({ runtimeConfiguration: { minReplicas: 1, maxReplicas: 2 } });
  expect(JSON.stringify(inputs)).not.toContain("colour");
  expect(notes).toEqual([
    "Palantir Foundry tells runtimeConfiguration.colour in a way that is not understood: it is left out",
  ]);
});

function newer(): object {
  return {
    rid: ids.foundry.slice("foundry/".length),
    modelVersion: { modelRid: "ri.models.main.model.outside" },
    branch: "main",
    runtimeConfiguration: { minReplicas: 1, maxReplicas: 2, colour: "green", sources: [] },
    status: { state: "ACTIVE", isReady: true },
  };
}

describe("an id with inputs behind it", () => {
  it.each([
    ["deepinfra/AbC", { id: "deepinfra/AbC", given: {} }],
    [
      "kore/cm-1?modelType=openSource&hyperParameters.topK=50&hyperParameters.topP=0.5&name=A%20b",
      {
        id: "kore/cm-1",
        given: { modelType: "openSource", hyperParameters: { topK: 50, topP: 0.5 }, name: "A b" },
      },
    ],
    ['deepinfra/x?extraArgs=["-a"]&modelName="8"', { id: "deepinfra/x", given: { extraArgs: ["-a"], modelName: "8" } }],
  ])("%s", (text, expected) => expect(parseImportIdentifier(text)).toEqual(expected));

  it.each(["kore/x?=1", "kore/x?a..b=1", "kore/x?__proto__.a=1"])("%s is refused", (text) =>
    expect(() => parseImportIdentifier(text)).toThrow("is no path of an input"),
  );
});
