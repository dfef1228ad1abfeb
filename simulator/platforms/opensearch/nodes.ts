/** What the cluster tells about itself: `_nodes`, and the settings that matter here. */
import { type Cluster, inSomeOrder } from "./cluster";

/** `GET /_nodes`, with the fields that a client reads. */
export function nodesOut(cluster: Cluster): Response {
  const { nodes } = cluster;
  const byId = inSomeOrder(
    cluster,
    nodes.map(({ id }) => id),
  ).map((id) => {
    const node = nodes.find((candidate) => candidate.id === id);
    return [id, nodeOut(node?.name ?? "", node?.roles ?? [])] as const;
  });
  const total = nodes.length;
  return Response.json({
    _nodes: { total, successful: total, failed: 0 },
    cluster_name: "opensearch-ml",
    nodes: Object.fromEntries(byId),
  });
}

function nodeOut(name: string, roles: readonly string[]) {
  const host = "127.0.0.1";
  return { name, transport_address: `${host}:9300`, host, ip: host, version: "3.4.0", build_type: "tar", roles };
}

/** `GET /_cluster/settings`: values are texts, nested by the dots of their names. */
export function settingsOut({ world }: Cluster): Response {
  const options = world.options();
  const mlCommons = {
    only_run_on_ml_node: String(options.onlyRunOnMlNode),
    allow_custom_deployment_plan: String(options.allowCustomDeploymentPlan),
    model_auto_deploy: { enable: String(options.modelAutoDeploy) },
    model_auto_redeploy: { enable: String(options.modelAutoRedeploy) },
    sync_up_job_interval_in_seconds: String(options.syncUpMs / 1000),
    model_access_control_enabled: String(options.restrictedModels.length > 0),
  };
  return Response.json({ persistent: { plugins: { ml_commons: mlCommons } }, transient: {} });
}
