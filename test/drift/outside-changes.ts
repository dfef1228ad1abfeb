/** What people and platforms do to a deployment, and what a detection has to say of it. */
import type { DifferenceClass, Verdict } from "../../drift";
import type { Properties } from "../../provider/resources/resource-kind";
import type { Scenario, Simulator } from "../../simulator";
import { contractOf } from "./watched-deployment";

export interface OutsideCase {
  platform: "deepinfra" | "kore" | "opensearch" | "foundry";
  what: string;
  /** The contract's inputs without it. */
  inputs?: Properties;
  /** Of the simulator, from the start. */
  scenario?: Scenario;
  act(simulator: Simulator, id: string): void;
  verdict: Verdict;
  /** Class and path of each difference, floating versions included. */
  differences: [DifferenceClass, string][];
  /** In the reason. */
  reason?: string;
  /** Why an `up` does not repair it: it mends itself, it is no drift, or nobody can. Repairable without it. */
  unrepaired?: string;
}

type Change = (simulator: Simulator, id: string) => void;

const act =
  (platform: OutsideCase["platform"], action: string, change: object = {}): Change =>
  (simulator, id) =>
    simulator.act({ platform, id, action, ...change });

const noDrift = "it is no drift";
const unseen = "nobody can tell";
const itself = "the platform mends it";

const refused =
  (status: number): Change =>
  (simulator) =>
    simulator.fault({ kind: "status", status, method: "GET", times: 1_000 });

const deepinfra = (
  what: string,
  change: Change,
  verdict: Verdict,
  differences: OutsideCase["differences"],
  more: Partial<OutsideCase> = {},
): OutsideCase => ({ platform: "deepinfra", what, act: change, verdict, differences, ...more });

const minInstances = "deepinfra.settings.minInstances";
const maxInstances = "deepinfra.settings.maxInstances";

const deepinfraCases: OutsideCase[] = [
  deepinfra("the maximum is raised", act("deepinfra", "configure", { maxInstances: 5 }), "drifted", [
    ["scale-bounds", maxInstances],
  ]),
  deepinfra("the maximum is lowered", act("deepinfra", "configure", { maxInstances: 1 }), "drifted", [
    ["scale-bounds", maxInstances],
  ]),
  deepinfra("the minimum is raised", act("deepinfra", "configure", { minInstances: 2 }), "drifted", [
    ["scale-bounds", minInstances],
  ]),
  deepinfra("it is allowed to scale to zero", act("deepinfra", "configure", { minInstances: 0 }), "drifted", [
    ["scale-bounds", minInstances],
  ]),
  deepinfra("both bounds move", act("deepinfra", "configure", { minInstances: 3, maxInstances: 8 }), "drifted", [
    ["scale-bounds", maxInstances],
    ["scale-bounds", minInstances],
  ]),
  deepinfra("it is stopped in the dashboard", act("deepinfra", "stop"), "unhealthy", [["health", "status"]]),
  deepinfra("its engine crashes", act("deepinfra", "fail", { reason: "the engine crashed" }), "unhealthy", [
    ["health", "status"],
  ]),
  deepinfra(
    "no GPU is available any more",
    act("deepinfra", "fail", { reason: "no-gpu-available" }),
    "unhealthy",
    [["health", "status"]],
    { reason: "no-gpu-available" },
  ),
  deepinfra(
    "it is stopped and changed",
    (simulator, id) => {
      act("deepinfra", "configure", { maxInstances: 7 })(simulator, id);
      act("deepinfra", "stop")(simulator, id);
    },
    "drifted",
    [
      ["scale-bounds", maxInstances],
      ["health", "status"],
    ],
  ),
  deepinfra("it is deleted and still listed", act("deepinfra", "delete"), "drifted", [["existence", "id"]]),
  deepinfra("it is deleted and forgotten", act("deepinfra", "delete"), "drifted", [["existence", "id"]], {
    scenario: { deepinfra: { forgetDeletedAfterMs: 0 } },
  }),
  deepinfra(
    "it rolls out, and does not come to an end",
    act("deepinfra", "status", { status: "updating" }),
    "unhealthy",
    [["health", "status"]],
    { unrepaired: itself },
  ),
  deepinfra(
    "it has a status that nobody knows",
    act("deepinfra", "status", { status: "hibernating" }),
    "unhealthy",
    [["health", "status"]],
    { unrepaired: itself },
  ),
  deepinfra("load scales it up", act("deepinfra", "scale", { running: 2 }), "clean", [], { unrepaired: noDrift }),
  deepinfra("GPUs are short, and none of its instances runs", act("deepinfra", "scale", { running: 0 }), "clean", [], {
    unrepaired: noDrift,
  }),
  deepinfra(
    "a later version of the API reports another batch size",
    (simulator) => simulator.configure({ deepinfra: { newerApi: true } }),
    "clean",
    [],
    { unrepaired: noDrift },
  ),
  deepinfra(
    "the API leaves out what it may leave out",
    (simulator) => simulator.configure({ deepinfra: { optionalParts: "absent", timestamps: "no-zone" } }),
    "clean",
    [],
    { unrepaired: noDrift },
  ),
  deepinfra("the key is no longer accepted", refused(401), "unknown", [], {
    unrepaired: unseen,
    reason: "answered 401",
  }),
  deepinfra("the API is down", refused(503), "unknown", [], { unrepaired: unseen, reason: "answered 503" }),
];

const foundryInputs = contractOf("foundry").inputs;
const runtime = foundryInputs["runtimeConfiguration"] as Record<string, unknown>;
const withRuntime = (change: object): Properties => ({
  ...foundryInputs,
  runtimeConfiguration: { ...runtime, ...change },
});
const configured = (runtimeConfiguration: object): Change => act("foundry", "configure", { runtimeConfiguration });

const foundry = (
  what: string,
  change: Change,
  verdict: Verdict,
  differences: OutsideCase["differences"],
  more: Partial<OutsideCase> = {},
): OutsideCase => ({ platform: "foundry", what, act: change, verdict, differences, ...more });

const at = (path: string): string => `runtimeConfiguration.${path}`;
const delays = {
  scaleUpLoadThreshold: 0.8,
  scaleUpDelay: { value: 1, unit: "MINUTES" },
  scaleDownDelay: { value: 1, unit: "HOURS" },
};

const foundryCases: OutsideCase[] = [
  foundry("the maximum is raised", configured({ maxReplicas: 9 }), "drifted", [["scale-bounds", at("maxReplicas")]]),
  foundry("the minimum is raised", configured({ minReplicas: 2 }), "drifted", [["scale-bounds", at("minReplicas")]]),
  foundry("it gets more memory", configured({ memory: "2GiB" }), "drifted", [["configuration", at("memory")]]),
  foundry("it gets more threads than the default", configured({ threadCount: 64 }), "drifted", [
    ["configuration", at("threadCount")],
  ]),
  foundry("it gets more processors", configured({ cpu: 4 }), "drifted", [["configuration", at("cpu")]], {
    inputs: withRuntime({ cpu: 2 }),
  }),
  foundry(
    "it gets another GPU",
    configured({ gpu: { type: "A10G", count: 1 } }),
    "drifted",
    [["configuration", at("gpu.type")]],
    { inputs: withRuntime({ gpu: { type: "T4", count: 1 } }) },
  ),
  foundry(
    "a delay keeps its number and gets another unit",
    configured({ scalingConfiguration: { ...delays, scaleUpDelay: { value: 1, unit: "SECONDS" } } }),
    "drifted",
    [["configuration", at("scalingConfiguration.scaleUpDelay")]],
    { inputs: withRuntime({ scalingConfiguration: delays }) },
  ),
  foundry(
    "the load that scales it up is changed",
    configured({ scalingConfiguration: { ...delays, scaleUpLoadThreshold: 0.9 } }),
    "drifted",
    [["configuration", at("scalingConfiguration.scaleUpLoadThreshold")]],
    { inputs: withRuntime({ scalingConfiguration: delays }) },
  ),
  foundry(
    "a source is added",
    configured({ sources: ["ri.magritte.main.source.a", "ri.magritte.main.source.b"] }),
    "drifted",
    [["configuration", at("sources")]],
    { inputs: withRuntime({ sources: ["ri.magritte.main.source.a"] }) },
  ),
  foundry("an environment variable is changed", configured({ environmentVariables: { TOKEN: "another" } }), "drifted", [
    ["configuration", at("environmentVariables.TOKEN")],
  ]),
  foundry(
    "an environment variable is added",
    configured({ environmentVariables: { TOKEN: "environment-secret-value", DEBUG: "1" } }),
    "drifted",
    [["configuration", at("environmentVariables.DEBUG")]],
  ),
  foundry("an environment variable is removed", configured({ environmentVariables: {} }), "drifted", [
    ["configuration", at("environmentVariables.TOKEN")],
  ]),
  foundry("it is disabled", act("foundry", "disable"), "unhealthy", [
    ["health", "enabled"],
    ["health", "status"],
  ]),
  foundry(
    "it is started, and the program wants it disabled",
    act("foundry", "start"),
    "unhealthy",
    [
      ["health", "enabled"],
      ["health", "status"],
    ],
    { inputs: { ...foundryInputs, enabled: false } },
  ),
  foundry("all its replicas fail", act("foundry", "fail"), "unhealthy", [["health", "status"]]),
  foundry("some of its replicas fail", act("foundry", "degrade"), "unhealthy", [["health", "status"]], {
    unrepaired: itself,
  }),
  foundry(
    "it has a state that nobody knows",
    act("foundry", "status", { status: "REBALANCING" }),
    "unhealthy",
    [["health", "status"]],
    { unrepaired: itself },
  ),
  foundry("its model is trashed", act("foundry", "delete"), "drifted", [["existence", "id"]]),
  foundry(
    "a version is published to its branch",
    act("foundry", "publish"),
    "clean",
    [["floating-version", "details.modelVersionRid"]],
    { unrepaired: noDrift },
  ),
  foundry("load scales it up", act("foundry", "scale", { running: 2 }), "clean", [], { unrepaired: noDrift }),
  foundry(
    "the API spells memory and delays otherwise, and tells defaults",
    (simulator) => simulator.configure({ foundry: { normalises: true, serverDefaults: "all", emptyParts: "present" } }),
    "clean",
    [],
    {
      inputs: withRuntime({
        scalingConfiguration: { ...delays, scaleUpDelay: { value: 60, unit: "SECONDS" } },
        sources: [],
      }),
      scenario: { foundry: { serverDefaults: "none" } },
      unrepaired: noDrift,
    },
  ),
  foundry(
    "somebody saves the same configuration in another order and spelling",
    configured({
      memory: "1GiB",
      sources: ["ri.magritte.main.source.b", "ri.magritte.main.source.a"],
      scalingConfiguration: {
        scaleDownDelay: { unit: "MINUTES", value: 60 },
        scaleUpDelay: { unit: "SECONDS", value: 60 },
        scaleUpLoadThreshold: 0.8,
      },
    }),
    "clean",
    [],
    {
      inputs: withRuntime({
        scalingConfiguration: delays,
        sources: ["ri.magritte.main.source.a", "ri.magritte.main.source.b"],
      }),
      unrepaired: noDrift,
    },
  ),
  foundry("the token may not read it", refused(403), "unknown", [], { unrepaired: unseen, reason: "answered 403" }),
  foundry("the API is down", refused(500), "unknown", [], { unrepaired: unseen, reason: "answered 500" }),
];

const nodes = ["SimulatedNode000000001", "SimulatedNode000000002", "SimulatedNode000000003"] as const;
const onNodes = (...nodeIds: string[]): Properties => ({ opensearch: { modelId: "SimulatedRemoteModel", nodeIds } });

const opensearch = (
  what: string,
  change: Change,
  verdict: Verdict,
  differences: OutsideCase["differences"],
  more: Partial<OutsideCase> = {},
): OutsideCase => ({ platform: "opensearch", what, act: change, verdict, differences, ...more });

const opensearchCases: OutsideCase[] = [
  opensearch("it is undeployed", act("opensearch", "undeploy"), "unhealthy", [["health", "status"]]),
  opensearch("its nodes lose it", act("opensearch", "fail"), "unhealthy", [["health", "status"]]),
  opensearch("the model is deleted", act("opensearch", "delete"), "drifted", [["existence", "id"]], {
    unrepaired: "its registration is not this package's",
  }),
  opensearch(
    "it is undeployed from one of its nodes",
    act("opensearch", "undeploy", { nodeIds: [nodes[1]] }),
    "drifted",
    [
      ["configuration", "opensearch.nodeIds"],
      ["health", "status"],
    ],
    { inputs: onNodes(nodes[0], nodes[1]) },
  ),
  opensearch(
    "it is deployed to other nodes",
    (simulator, id) => {
      act("opensearch", "undeploy")(simulator, id);
      act("opensearch", "deploy", { nodeIds: [nodes[1], nodes[2]] })(simulator, id);
    },
    "drifted",
    [
      ["configuration", "opensearch.nodeIds"],
      ["health", "status"],
    ],
    { inputs: onNodes(nodes[0], nodes[1]) },
  ),
  opensearch(
    "its nodes are named in another order",
    (simulator) => simulator.configure({ opensearch: { unstableNodeOrder: true } }),
    "clean",
    [],
    { inputs: onNodes(nodes[2], nodes[0]), unrepaired: noDrift },
  ),
  opensearch("the password is no longer accepted", refused(401), "unknown", [], {
    unrepaired: unseen,
    reason: "answered 401",
  }),
  opensearch("the cluster is down", refused(503), "unknown", [], { unrepaired: unseen, reason: "answered 503" }),
];

const kore = (
  what: string,
  change: Change,
  verdict: Verdict,
  differences: OutsideCase["differences"],
  more: Partial<OutsideCase> = {},
): OutsideCase => ({ platform: "kore", what, act: change, verdict, differences, ...more });

const koreCases: OutsideCase[] = [
  kore("it is undeployed in the console", act("kore", "undeploy"), "unknown", [], {
    unrepaired: unseen,
    reason: "tells neither",
  }),
  kore("it is deployed anew in the console", act("kore", "deploy"), "unknown", [], { unrepaired: unseen }),
  kore("its last job is forgotten", act("kore", "expire-job"), "unknown", [], { unrepaired: unseen }),
  kore("its last job has failed after all", act("kore", "fail"), "unhealthy", [["health", "status"]]),
  kore("the key is no longer accepted", refused(401), "unknown", [], { unrepaired: unseen, reason: "answered 401" }),
  kore("the API is down", refused(502), "unknown", [], { unrepaired: unseen, reason: "answered 502" }),
];

export const outsideCases: OutsideCase[] = [...deepinfraCases, ...foundryCases, ...opensearchCases, ...koreCases];
