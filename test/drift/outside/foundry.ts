/** What happens to a live deployment on Foundry. */
import type { Properties } from "../../../provider/resources/resource-kind";
import { contractOf } from "../watched-deployment";
import { act, caseOf, refused, noDrift, unseen, itself } from "./case";
import type { Change, OutsideCase } from "./case";

const foundryInputs = contractOf("foundry").inputs;
const runtime = foundryInputs["runtimeConfiguration"] as Record<string, unknown>;
const withRuntime = (change: object): Properties => ({
  ...foundryInputs,
  runtimeConfiguration: { ...runtime, ...change },
});
const configured = (runtimeConfiguration: object): Change => act("foundry", "configure", { runtimeConfiguration });

const foundry = caseOf("foundry");

const at = (path: string): string => `runtimeConfiguration.${path}`;
const delays = {
  scaleUpLoadThreshold: 0.8,
  scaleUpDelay: { value: 1, unit: "MINUTES" },
  scaleDownDelay: { value: 1, unit: "HOURS" },
};

export const foundryCases: OutsideCase[] = [
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
