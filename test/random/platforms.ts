/** What a wish means on each platform, and what somebody else can do there. */
import { liveDeployment } from "../../provider/resources/live-deployment";
import { modelDeployment } from "../../provider/resources/model-deployment";
import type { Properties, ResourceKind } from "../../provider/resources/resource-kind";
import type { OutsideChange, PlatformId, SimulatedDeployment, Simulator } from "../../simulator";
import type { OutsideAct, Wish } from "./steps";

export interface RandomPlatform {
  kind: ResourceKind;
  /** The block, or the inputs of a resource that has no block. */
  inputs(wish: Wish): Properties;
  /** What two deployments cannot share, in the words of `nameOf`. */
  identity(wish: Wish): string;
  nameOf(deployment: SimulatedDeployment): string;
  /** Whether the platform gives an id of its own to each deployment; else the model's id is all there is. */
  givesIds: boolean;
  /** It costs money. */
  runs(deployment: SimulatedDeployment): boolean;
  serves(deployment: SimulatedDeployment): boolean;
  /** Whether it is what the wish asks for, in what can be replaced alone, or in all. */
  fits(deployment: SimulatedDeployment, wish: Wish): { make: boolean; size: boolean };
  /** A change that the platform would let somebody make; undefined where there is none. */
  outside(act: OutsideAct, deployment: SimulatedDeployment): OutsideChange | undefined;
  /** Somebody starts one under the wish's name, on which nothing runs. */
  byHand(simulator: Simulator, wish: Wish, leftover: SimulatedDeployment | undefined): Promise<void>;
}

export const handHeader = "x-by-hand";

/** Planted, to be searched for in all that is said. */
export const secrets = ["hf_planted-hugging-face-token", "planted-environment-secret"] as const;

const [hfToken, environmentSecret] = secrets;
const nodes = ["SimulatedNode000000001", "SimulatedNode000000002"];
const gpus = { 1: "H100-80GB", 2: "A100-80GB" } as const;

async function post(simulator: Simulator, path: string, headers: Record<string, string>, body: object): Promise<void> {
  const response = await fetch(simulator.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", [handHeader]: "1", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`by hand: ${path} answered ${response.status}: ${await response.text()}`);
}

function acting(platform: PlatformId, { id }: SimulatedDeployment, action: string, values: object = {}): OutsideChange {
  return { platform, id, action, ...values };
}

const deepinfra: RandomPlatform = {
  kind: modelDeployment,
  inputs: ({ name, size, make }) => ({
    deepinfra: {
      modelName: name,
      gpu: gpus[make],
      hf: { repo: "acme/model", token: hfToken },
      settings: { minInstances: 1, maxInstances: size },
    },
  }),
  identity: ({ name }) => name,
  nameOf: ({ name }) => name.slice(name.lastIndexOf("/") + 1),
  givesIds: true,
  runs: ({ removed, status }) => !removed && !["failed", "stopped"].includes(status),
  serves: ({ status }) => status === "running",
  fits: ({ details, replicas }, { size, make }) => ({
    make: details?.["gpu"] === gpus[make],
    size: replicas?.minimum === 1 && replicas.maximum === size,
  }),
  outside(act, deployment) {
    const is = (action: string, values?: object) => acting("deepinfra", deployment, action, values);
    if (deployment.removed) return undefined;
    if (act === "start") return deployment.status === "stopped" ? is("start") : undefined;
    if (act === "scale") return is("scale", { running: 1 });
    if (act === "configure") return is("configure", { maxInstances: 9 });
    return is(act === "remove" ? "delete" : act);
  },
  byHand: (simulator, { name, make }) =>
    post(
      simulator,
      "/deploy/llm",
      { authorization: `Bearer ${simulator.credentials.deepinfraApiKey}` },
      { model_name: name, gpu: gpus[make], hf: { repo: "acme/model" } },
    ),
};

const kore: RandomPlatform = {
  kind: modelDeployment,
  inputs: ({ name, size, make }) => ({ kore: { modelId: `cm-${name}`, ...koreConfiguration(name, size, make) } }),
  identity: ({ name }) => `cm-${name}`,
  nameOf: ({ id }) => id,
  givesIds: false,
  runs: ({ status }) => status === "Deploying" || status === "Deployed",
  serves: ({ status }) => status === "Deployed",
  fits: ({ details, replicas }, { size, make }) => ({
    make: details?.["modelType"] === koreConfiguration("", size, make).modelType,
    size: replicas?.minimum === size,
  }),
  outside(act, deployment) {
    const is = (action: string) => acting("kore", deployment, action);
    if (act === "start") return deployment.removed ? is("deploy") : undefined;
    if (deployment.removed) return undefined;
    // The job's record alone goes away: the model itself stays.
    return { stop: is("undeploy"), fail: is("fail"), remove: is("expire-job"), scale: undefined, configure: undefined }[
      act
    ];
  },
  byHand(simulator, { name, size, make }) {
    const { modelType, ...body } = koreConfiguration(name, size, make);
    const path = `/api/public/models/cm-${name}/deploy?modelType=${modelType}`;
    return post(simulator, path, { "x-api-key": simulator.credentials.koreApiKey }, body);
  },
};

function koreConfiguration(name: string, size: number, make: Wish["make"]) {
  return {
    modelType: make === 1 ? "openSource" : "fineTune",
    name: `Model ${name}`,
    deviceType: "g5.xlarge",
    hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
    scalingParameters: { minReplicas: size, maxReplicas: 9 },
  };
}

const opensearch: RandomPlatform = {
  kind: modelDeployment,
  inputs: ({ name, size }) => {
    const nodeIds = nodesFor(size);
    return { opensearch: { modelId: `Model-${name}`, ...(nodeIds === undefined ? {} : { nodeIds }) } };
  },
  identity: ({ name }) => `Model-${name}`,
  nameOf: ({ id }) => id,
  givesIds: false,
  runs: ({ removed }) => !removed,
  serves: ({ status }) => status === "DEPLOYED",
  fits: ({ details }, { size }) => {
    const wanted = nodesFor(size);
    const serving = [...((details?.["servingNodes"] as string[] | undefined) ?? [])].sort().join();
    return {
      make: true,
      size: wanted === undefined ? details?.["deployToAllNodes"] === true : serving === wanted.join(),
    };
  },
  outside(act, deployment) {
    const is = (action: string, values?: object) => acting("opensearch", deployment, action, values);
    if (act === "start") return deployment.removed ? is("deploy") : undefined;
    if (act === "scale") return { platform: "opensearch", id: "all", action: "restart" };
    if (deployment.removed) return undefined;
    if (act === "configure") return is("undeploy", { nodeIds: nodes.slice(0, 1) });
    return is(act === "fail" ? "fail" : "undeploy");
  },
  byHand(simulator, { name }) {
    simulator.act({ platform: "opensearch", id: `Model-${name}`, action: "deploy" });
    return Promise.resolve();
  },
};

function nodesFor(size: Wish["size"]): string[] | undefined {
  return { 1: undefined, 2: nodes.slice(0, 1), 3: nodes }[size];
}

const foundry: RandomPlatform = {
  kind: liveDeployment,
  inputs: ({ name, size, make, enabled }) => ({
    modelRid: `ri.models.main.model.${name}`,
    branch: `branch-${make}`,
    ...(enabled === undefined ? {} : { enabled }),
    runtimeConfiguration: {
      ...{ minReplicas: 1, maxReplicas: size },
      environmentVariables: { TOKEN: environmentSecret },
      // Can be changed only while it is disabled.
      ...(size === 3 ? { sources: ["ri.magritte..source.one"] } : {}),
    },
  }),
  identity: ({ name, make }) => `ri.models.main.model.${name}/branch-${make}`,
  nameOf: ({ name }) => name,
  givesIds: true,
  runs: ({ removed }) => !removed,
  serves: ({ status, details }) => status === "ACTIVE" && details?.["isReady"] === true,
  fits: ({ details, replicas }, { size }) => ({
    make: true,
    size:
      replicas?.minimum === 1 &&
      replicas.maximum === size &&
      String(details?.["environmentVariableNames"]) === "TOKEN" &&
      ((details?.["runtimeConfiguration"] as { sources?: string[] }).sources ?? []).length === (size === 3 ? 1 : 0),
  }),
  outside(act, deployment) {
    const is = (action: string, values?: object) => acting("foundry", deployment, action, values);
    const isDisabled = deployment.status === "DISABLED";
    if (deployment.removed && !isDisabled) return undefined;
    if (act === "start") return isDisabled ? is("start") : undefined;
    if (act === "remove") return is("delete");
    if (isDisabled) return undefined;
    if (act === "scale") return is("scale", { running: 1 });
    if (act === "configure") return is("configure", { runtimeConfiguration: { maxReplicas: 9 } });
    return is(act === "stop" ? "disable" : "fail");
  },
  byHand(simulator, wish, leftover) {
    if (leftover !== undefined) {
      simulator.act({ platform: "foundry", id: leftover.id, action: "start" });
      return Promise.resolve();
    }
    const { modelRid, branch } = foundry.inputs(wish);
    return post(
      simulator,
      "/api/v2/models/liveDeployments?preview=true",
      { authorization: `Bearer ${simulator.credentials.foundryToken}` },
      {
        deploymentType: { type: "direct", modelRid, branch },
        runtimeConfiguration: { minReplicas: 1, maxReplicas: 2 },
      },
    );
  },
};

export const randomPlatforms: Record<PlatformId, RandomPlatform> = { deepinfra, kore, opensearch, foundry };

/** The name in the wish that a deployment was made for. */
export function letterOf(deployment: SimulatedDeployment): Wish["name"] {
  const { nameOf } = randomPlatforms[deployment.platform as PlatformId];
  return (/\b([xyz])(?=$|\/)/.exec(nameOf(deployment))?.[1] ?? "x") as Wish["name"];
}
