import type { Listing } from "../../../provider/platform";
import { startSimulator } from "../../../simulator";
import { openScriptedAccount, type ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { createConnections } from "../../../provider/connection/connection";
import { opensearch } from "../../../provider/platforms/opensearch";
import { modelBody, n1, n2, n3, openCluster, threeNodes } from "./fixtures/cluster";

/** The envelope is measured. */
function found(...models: [id: string, source: object][]): ScriptedAnswer {
  const hits = models.map(([_id, _source]) => ({ _index: ".plugins-ml-model", _id, _version: 3, _score: 1, _source }));
  return { body: { took: 8, timed_out: false, hits: { total: { value: hits.length, relation: "eq" }, hits } } };
}

async function list(account: ScriptedAccount): Promise<Listing[]> {
  try {
    return (await account.connection.adapter.list?.([], account.call)) ?? [];
  } finally {
    await account.close();
  }
}

it("searches for models that nodes hold, and names the nodes", async () => {
  const deployed = modelBody("DEPLOYED", [n2, n1], { last_deployed_time: 1_795_229_641_623 });
  const account = await openCluster(found(["_YsN", deployed]), threeNodes);
  const listed = await list(account);

  expect(account.requests()).toEqual(["POST /_plugins/_ml/models/_search", "GET /_nodes"]);
  expect(account.server.received[0]?.body).toEqual({
    query: {
      bool: {
        must: [
          {
            terms: {
              model_state: ["DEPLOYED", "PARTIALLY_DEPLOYED", "DEPLOYING", "LOADED", "PARTIALLY_LOADED", "LOADING"],
            },
          },
        ],
      },
    },
    _source: [
      "name",
      "algorithm",
      "model_version",
      "model_state",
      "deploy_setting",
      "deploy_to_all_nodes",
      "last_updated_time",
      "last_deployed_time",
      "planning_worker_node_count",
      "current_worker_node_count",
      "planning_worker_nodes",
    ],
    from: 0,
    size: 500,
  });
  expect(listed).toEqual([
    {
      reference: { deploymentId: "_YsN", details: {} },
      name: "custom",
      phase: "ready",
      platformStatus: "DEPLOYED",
      createdAt: new Date(1_795_229_641_623),
      replicas: { running: 2, pending: 0 },
      hardware: "2 nodes: n1, n2",
    },
  ]);
});

it("shows the nodes' ids to a user who may not read their names", async () => {
  const account = await openCluster(found(["a", modelBody("DEPLOYED", [n3])]), { status: 403, body: {} });

  expect(await list(account)).toMatchObject([{ hardware: `1 node: ${n3}` }]);
});

it("takes a deployment under way for as old as its last change", async () => {
  const deploying = modelBody("DEPLOYING", [n1], { last_updated_time: 5_000, last_deployed_time: 1_000 });
  const account = await openCluster(found(["a", deploying]), threeNodes);

  expect(await list(account)).toMatchObject([{ phase: "pending", createdAt: new Date(5_000) }]);
});

it("asks for no nodes when nothing is deployed", async () => {
  const account = await openCluster(found());

  expect(await list(account)).toEqual([]);
  expect(account.requests()).toEqual(["POST /_plugins/_ml/models/_search"]);
});

it("turns the pages, and counts what moved between them once", async () => {
  const page = (first: number, count: number) =>
    found(
      ...Array.from({ length: count }, (_, index): [string, object] => [`m${first + index}`, modelBody("LOADED", [])]),
    );
  const account = await openScriptedAccount(
    opensearch,
    (url) => ({ opensearchUrl: url }),
    page(0, 500),
    page(499, 7),
    threeNodes,
  );
  const listed = await list(account);

  expect(account.server.received.map(({ body }) => (body as { from?: number } | undefined)?.from)).toEqual([
    0,
    500,
    undefined,
  ]);
  expect(listed.map(({ reference }) => reference.deploymentId)).toEqual(
    Array.from({ length: 506 }, (_, id) => `m${id}`),
  );
});

it("finds all of more than one page of a cluster", async () => {
  const models = Array.from({ length: 503 }, (_, index) => `model-${index}`);
  const simulator = await startSimulator({ readyAfterMs: 0, scenario: { opensearch: { models } } });
  for (const id of models) simulator.act({ platform: "opensearch", id, action: "deploy" });
  const sources = { config: () => undefined, explicit: false, environment: simulator.environment() };
  const { adapter } = createConnections(sources).connect(opensearch);
  const call = { signal: new AbortController().signal } as Parameters<NonNullable<typeof adapter.list>>[1];
  const listed = (await adapter.list?.([], call)) ?? [];
  await simulator.close();

  expect(listed.map(({ reference }) => reference.deploymentId).sort()).toEqual([...models].sort());
  expect(simulator.violations()).toEqual([]);
});
