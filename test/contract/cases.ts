/** What the contract suite needs to know of each platform: inputs to use, and what somebody outside can do. */
import type { AnyPlatform, Properties, ResourceKind } from "../../provider/resources/resource-kind";
import { liveDeployment } from "../../provider/resources/live-deployment";
import { modelDeployment } from "../../provider/resources/model-deployment";
import { livePlatform, modelPlatforms } from "../../provider/platforms/registry";
import type { PlatformId, Scenario } from "../../simulator";

export interface ContractCase {
  platform: AnyPlatform & { id: PlatformId };
  kind: ResourceKind;
  /** Options of the simulator that the case needs. */
  scenario: Scenario;
  inputs: Properties;
  /** The same with something changed in place. */
  changed: Properties;
  /** Secret values among the inputs. */
  secrets: string[];
  /** The request that starts a deployment, as the simulator records it. */
  start: { method: string; path: RegExp };
  /** A change made outside that stops the deployment; undefined where no API shows it. */
  stop?: string;
  /** Whether a refresh can see that a deployment is there, or is gone. */
  readable: boolean;
  /** The models to list; undefined where the platform has no list. */
  models?: string[];
  /** Whether a second deployment of the same inputs is refused, or is the same deployment. */
  second: "refused" | "same";
}

const deepinfra = {
  modelName: "contract",
  gpu: "H100-80GB",
  hf: { repo: "acme/contract", token: "hf_contract-token-value" },
  settings: { minInstances: 1, maxInstances: 2 },
};

const kore = {
  modelId: "cm-contract",
  modelType: "openSource",
  name: "Contract",
  deviceType: "g5.xlarge",
  hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
};

const runtimeConfiguration = {
  minReplicas: 1,
  maxReplicas: 2,
  memory: "1024MiB",
  environmentVariables: { TOKEN: "environment-secret-value" },
};

const foundry = { modelRid: "ri.models.main.model.contract", branch: "master", runtimeConfiguration };

export const contractCases: ContractCase[] = [
  {
    platform: modelPlatforms.deepinfra,
    kind: modelDeployment,
    scenario: {},
    inputs: { deepinfra },
    changed: { deepinfra: { ...deepinfra, settings: { minInstances: 2, maxInstances: 4 } } },
    secrets: [deepinfra.hf.token],
    start: { method: "POST", path: /^\/deploy\/llm$/ },
    stop: "stop",
    readable: true,
    models: [],
    second: "refused",
  },
  {
    platform: modelPlatforms.kore,
    kind: modelDeployment,
    scenario: {},
    inputs: { kore },
    changed: { kore: { ...kore, hyperParameters: { ...kore.hyperParameters, temperature: 0.5 } } },
    secrets: [],
    start: { method: "POST", path: /\/deploy$/ },
    readable: false,
    second: "same",
  },
  {
    platform: modelPlatforms.opensearch,
    kind: modelDeployment,
    scenario: { opensearch: { allowCustomDeploymentPlan: true, syncUpMs: 200 } },
    inputs: { opensearch: { modelId: "SimulatedRemoteModel" } },
    changed: { opensearch: { modelId: "SimulatedRemoteModel", nodeIds: ["SimulatedNode000000001"] } },
    secrets: [],
    start: { method: "POST", path: /\/_deploy$/ },
    stop: "undeploy",
    readable: true,
    models: [],
    second: "same",
  },
  {
    platform: livePlatform,
    kind: liveDeployment,
    scenario: {},
    inputs: foundry,
    changed: { ...foundry, runtimeConfiguration: { ...runtimeConfiguration, maxReplicas: 5 } },
    secrets: [runtimeConfiguration.environmentVariables.TOKEN],
    start: { method: "POST", path: /liveDeployments$/ },
    stop: "disable",
    readable: true,
    models: [foundry.modelRid],
    second: "refused",
  },
];
