/** What happens to a model of OpenSearch. */
import type { Properties } from "../../../provider/resources/resource-kind";
import { act, caseOf, refused, noDrift, unseen } from "./case";
import type { OutsideCase } from "./case";

const nodes = ["SimulatedNode000000001", "SimulatedNode000000002", "SimulatedNode000000003"] as const;
const onNodes = (...nodeIds: string[]): Properties => ({ opensearch: { modelId: "SimulatedRemoteModel", nodeIds } });

const opensearch = caseOf("opensearch");

export const opensearchCases: OutsideCase[] = [
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
