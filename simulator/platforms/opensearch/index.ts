/** The simulated OpenSearch, with ML Commons. */
import type { SimulatedDeployment, SimulatedPlatform } from "../../platform";
import { type Cluster, createCluster, nodesHolding } from "./cluster";
import type { Model } from "./documents";
import { errorEnvelope } from "./errors";
import { type OpensearchOptions, options } from "./options";
import { actOnCluster } from "./outside";
import { opensearchRoutes } from "./routes";

export const opensearch: SimulatedPlatform<"opensearch", OpensearchOptions> = {
  id: "opensearch",
  title: "OpenSearch",
  options,
  owns: (path) => /^\/_(plugins|nodes|cluster|cat)(\/|$)/.test(path),
  environment: (url, { opensearchPassword, opensearchUsername }) => ({
    OPENSEARCH_URL: url,
    OPENSEARCH_USERNAME: opensearchUsername,
    OPENSEARCH_PASSWORD: opensearchPassword,
  }),
  secretFields: ["credential", "connector.credential"],
  errorBody: (status, message) => errorEnvelope(status, { type: errorType(status), reason: message }),
  simulate(world) {
    const cluster = createCluster(world);
    return {
      app: opensearchRoutes(cluster),
      deployments() {
        cluster.schedule.catchUp();
        return [...cluster.models.values()].filter(({ starts }) => starts > 0).map((model) => shown(cluster, model));
      },
      act: (change) => actOnCluster(cluster, change),
    };
  },
};

/** Measured: 429 comes from a circuit breaker. */
function errorType(status: number): string {
  return status === 429 ? "circuit_breaking_exception" : "status_exception";
}

/** Judged by the nodes' memory, which is what costs, and not by the document. */
function shown(cluster: Cluster, model: Model): SimulatedDeployment {
  const serving = nodesHolding(cluster, model.id, "DEPLOYED");
  const loading = nodesHolding(cluster, model.id, "DEPLOYING");
  return {
    platform: "opensearch",
    id: model.id,
    name: model.name,
    status: model.state,
    replicas: { running: serving.length, pending: loading.length },
    createdAtMs: model.createdAtMs,
    removed: serving.length + loading.length === 0 && model.state !== "DEPLOYING",
    starts: model.starts,
    details: {
      servingNodes: serving,
      planningNodes: model.planningNodes,
      deployToAllNodes: model.deployToAllNodes,
      deleted: model.deletedAtMs !== undefined,
    },
  };
}
