/** For each platform: what is deployed, how each call changes it, and the requests by which a call is known. */
import type { PlatformId, RecordedRequest, Scenario, SimulatedDeployment } from "../../simulator";
import type { Properties } from "../support/small-engine";

export type MatrixCall = "create" | "wait" | "update" | "scale" | "replace" | "read" | "delete";

/** Calls that send a request which asks for a change. */
type ChangingCall = Exclude<MatrixCall, "wait" | "read">;

export interface Subject {
  platform: PlatformId;
  title: string;
  resource: "ModelDeployment" | "LiveDeployment";
  scenario: Scenario;
  inputs(name: string): Properties;
  /** What the calls change in the inputs. An update may also follow from what somebody did outside. */
  changed: Record<"update" | "scale" | "replace", (name: string) => Properties>;
  /** Done outside before an update. */
  outside?: string;
  /** `METHOD path` of the request that asks for what the call is about. */
  request: Record<ChangingCall, RegExp>;
  /** `METHOD path` of the look before a create. */
  look?: RegExp;
  looksBeforeCreate: boolean;
  /** How many requests an update reads by before it waits. */
  readsBeforeWait: number;
  /** Whether a request that starts a deployment must not be sent while this one is there. */
  isStartedTwice(request: RecordedRequest, there: SimulatedDeployment): boolean;
}

const deepinfra = (name: string, more: object = {}) => ({
  deepinfra: { modelName: name, gpu: "H100-80GB", hf: { repo: "acme/model", token: secretInputs.hfToken }, ...more },
});

const kore = (modelId: string, more: object = {}) => ({
  kore: {
    ...{ modelId, modelType: "openSource", name: modelId, deviceType: "g5.xlarge" },
    hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
    ...more,
  },
});

const opensearch = (modelId: string, nodes?: number[]) => ({
  opensearch: { modelId, ...(nodes && { nodeIds: nodes.map((node) => `SimulatedNode00000000${node}`) }) },
});

const foundry = (branch: string, more: object = {}) => ({
  modelRid: "ri.models.main.model.matrix",
  branch,
  runtimeConfiguration: {
    ...{ minReplicas: 1, maxReplicas: 2 },
    environmentVariables: { TOKEN: secretInputs.environmentVariable },
    ...more,
  },
});

/** Secret inputs, planted to be searched for. */
export const secretInputs = {
  hfToken: "hf_planted-token-of-the-matrix",
  environmentVariable: "planted-environment-variable-of-the-matrix",
};

export const subjects: readonly Subject[] = [
  {
    platform: "deepinfra",
    title: "DeepInfra",
    resource: "ModelDeployment",
    // Deleted rows would make the list of an account with hundreds of deployments longer and longer.
    scenario: { deepinfra: { forgetDeletedAfterMs: 2_000 } },
    inputs: deepinfra,
    changed: {
      update: deepinfra,
      scale: (name) => deepinfra(name, { settings: { minInstances: 2, maxInstances: 3 } }),
      replace: (name) => deepinfra(name, { gpu: "A100-80GB" }),
    },
    // Scaling is all that can be changed in place; the other update is to start what was stopped.
    outside: "stop",
    request: {
      create: /^POST \/deploy\/llm$/,
      update: /^POST .*\/start$/,
      scale: /^PUT /,
      replace: /^POST \/deploy\/llm$/,
      delete: /^DELETE /,
    },
    look: /^GET \/deploy\/list$/,
    isStartedTwice: ({ body }, there) =>
      isRunning(there) && there.name.endsWith(`/${(body as { model_name: string }).model_name}`),
    looksBeforeCreate: true,
    readsBeforeWait: 1,
  },
  {
    platform: "kore",
    title: "Kore.ai",
    resource: "ModelDeployment",
    scenario: {},
    inputs: (name) => kore(name),
    changed: {
      update: (name) => kore(name, { hyperParameters: { temperature: 0.5, maxTokens: 512, topP: 1, topK: 50 } }),
      scale: (name) => kore(name, { scalingParameters: { minReplicas: 1, maxReplicas: 3 } }),
      // Nothing of a model's deployment is replaced; the nearest is another model in its place.
      replace: (name) => kore(`${name}-next`),
    },
    // Each change is a deployment anew.
    request: {
      create: /\/deploy$/,
      update: /\/deploy$/,
      scale: /\/deploy$/,
      replace: /\/deploy$/,
      delete: /\/undeploy$/,
    },
    // A model has one deployment at most; to send it again is all that can be done after an answer that was lost.
    isStartedTwice: () => false,
    // No endpoint tells whether a model is deployed.
    looksBeforeCreate: false,
    readsBeforeWait: 1,
  },
  {
    platform: "opensearch",
    title: "OpenSearch",
    resource: "ModelDeployment",
    scenario: { opensearch: { allowCustomDeploymentPlan: true, anyModel: true, syncUpMs: 500 } },
    inputs: (name) => opensearch(name, [1]),
    changed: {
      update: (name) => opensearch(name, [2]),
      scale: (name) => opensearch(name, [1, 2]),
      replace: (name) => opensearch(`${name}-next`, [1]),
    },
    request: {
      create: /\/_deploy$/,
      // A move deploys first, which scaling is about, and takes the old node away in the end.
      update: /\/_undeploy$/,
      scale: /\/_deploy$/,
      replace: /\/_deploy$/,
      delete: /\/_undeploy$/,
    },
    looksBeforeCreate: true,
    readsBeforeWait: 4,
    // A second deployment spoils the first while that is under way, and does no harm later.
    isStartedTwice: ({ path }, { id, status }) => status === "DEPLOYING" && path.includes(`/${id}/`),
  },
  {
    platform: "foundry",
    title: "Palantir Foundry",
    resource: "LiveDeployment",
    // The worse of the answers that the platform may give, so that a second one would be seen.
    scenario: { foundry: { secondCreate: "create-another" } },
    inputs: (name) => foundry(name),
    changed: {
      update: (name) => foundry(name, { sources: ["ri.magritte..source.matrix"] }),
      scale: (name) => foundry(name, { maxReplicas: 4 }),
      replace: (name) => foundry(`${name}-next`),
    },
    request: {
      create: /^POST .*\/liveDeployments$/,
      // Sources change while it is disabled: it is disabled, changed, and started, which is the last request.
      update: /\/start$/,
      scale: /^PUT /,
      replace: /^POST .*\/liveDeployments$/,
      delete: /\/disable$/,
    },
    isStartedTwice: ({ body }, there) => {
      const { modelRid, branch } = (body as { deploymentType: { modelRid: string; branch: string } }).deploymentType;
      return isRunning(there) && there.name === `${modelRid}/${branch}`;
    },
    looksBeforeCreate: true,
    readsBeforeWait: 1,
  },
];

export function isRunning({ removed, starts }: SimulatedDeployment): boolean {
  return !removed && starts > 0;
}
