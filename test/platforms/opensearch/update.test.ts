import type { OpenSearchInputs } from "../../../provider/platforms/opensearch/inputs";
import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { deployed, foundTask, modelBody, n1, n2, n3, openCluster, threeNodes } from "./fixtures/cluster";
import { answer } from "./fixtures/measured";

let account: ScriptedAccount;

async function update(nodeIds: string[] | undefined, ...answers: ScriptedAnswer[]) {
  account = await openCluster(...answers);
  const from: OpenSearchInputs = { modelId: "m" };
  const to = nodeIds === undefined ? from : { modelId: "m", nodeIds };
  const live = { phase: "ready" as const, platformStatus: "", details: {} };
  const reference = { deploymentId: "m", details: { taskId: "old" } };
  return account.connection.adapter.update(reference, { from, to, live }, account.call);
}

function sent(): [line: string, body: unknown][] {
  return account.server.received
    .map(({ method, url, body }): [string, unknown] => [`${method} ${url.replace("/_plugins/_ml/", "")}`, body])
    .filter(([line]) => !line.startsWith("GET"));
}

afterEach(() => account.close());

const onAll = (...nodes: string[]) => ({ body: modelBody("DEPLOYED", nodes, { deploy_to_all_nodes: true }) });

it("grows by a deploy to the union, which the server asks for", async () => {
  const reference = await update([n3, n1], threeNodes, deployed(n1), answer("deploy-answer"));

  expect(sent()).toEqual([["POST models/m/_deploy", { node_ids: [n3, n1].sort() }]]);
  expect(reference.details).toEqual({ taskId: "RmgG_KEBHaG9mD54a_ZC" });
  expect(account.call.waits).toEqual([]);
});

it("shrinks by an undeploy from the difference", async () => {
  const reference = await update([n1], threeNodes, deployed(n1, n2, n3), answer("undeploy-answer"));

  expect(sent()).toEqual([["POST models/m/_undeploy", { node_ids: [n2, n3].sort() }]]);
  expect(reference.details).toEqual({ taskId: "old" });
});

it("moves by growing first, and takes nodes away when the new ones serve", async () => {
  const answers = [deployed(n1), answer("deploy-answer"), deployed(n1, n2), answer("undeploy-answer")];
  const reference = await update([n2], threeNodes, ...answers);

  expect(sent()).toEqual([
    ["POST models/m/_deploy", { node_ids: [n1, n2].sort() }],
    ["POST models/m/_undeploy", { node_ids: [n1] }],
  ]);
  expect(account.call.waits).toEqual([{ reference, phases: ["ready", "degraded"], afterRequests: 3 }]);
});

it.each([
  ["failed there", { body: modelBody("PARTIALLY_DEPLOYED", [n1, n2]) }],
  ["was left out by the cluster", deployed(n1)],
])("leaves it on the old nodes when the new one %s", async (_name, after) => {
  await update([n2], threeNodes, deployed(n1), answer("deploy-answer"), after);

  expect(sent()).toEqual([["POST models/m/_deploy", { node_ids: [n1, n2].sort() }]]);
  expect(account.call.warnings).toEqual([expect.stringMatching(new RegExp(`stays on node ${n1}`))]);
});

it("never sends a node that has left the cluster", async () => {
  await update([n1], threeNodes, deployed(n1, "gone"));

  expect(sent()).toEqual([]);
});

it("goes from named nodes to all nodes by a deploy without a body", async () => {
  await update(undefined, deployed(n1), answer("deploy-answer"));

  expect(sent()).toEqual([["POST models/m/_deploy", undefined]]);
});

it("goes from all nodes to some of them", async () => {
  await update([n1], threeNodes, onAll(n1, n2), answer("undeploy-answer"));

  expect(sent()).toEqual([["POST models/m/_undeploy", { node_ids: [n2] }]]);
});

it("goes from all nodes to a list of the same", async () => {
  await update([n1, n2], threeNodes, onAll(n1, n2), answer("deploy-answer"));

  expect(sent()).toEqual([["POST models/m/_deploy", { node_ids: [n1, n2].sort() }]]);
});

it.each([
  ["all nodes", undefined, [onAll(n1, n2)]],
  ["named nodes", [n2, n1], [threeNodes, deployed(n1, n2)]],
] as const)("sends nothing when it runs on %s as wanted", async (_name, nodeIds, answers) => {
  const reference = await update(nodeIds && [...nodeIds], ...answers);

  expect(sent()).toEqual([]);
  expect(reference.details).toEqual({ taskId: "old" });
});

it.each([
  ["undeployed", [answer("model-undeployed")]],
  ["partially deployed", [{ body: modelBody("PARTIALLY_DEPLOYED", [n1, n2], { deploy_to_all_nodes: true }) }]],
  ["failed", [answer("model-deploy-failed"), { body: {} }]],
] as const)("deploys again what is %s", async (_name, answers) => {
  await update(undefined, ...answers, answer("deploy-answer"));

  expect(sent()).toEqual([["POST models/m/_deploy", undefined]]);
});

it("includes the nodes that hold a model which only counts as failed", async () => {
  const profile = { body: { nodes: { [n2]: { models: { m: { model_state: "DEPLOYED" } } } } } };
  const failed = { body: modelBody("DEPLOY_FAILED", [n1, n2]) };
  await update(
    [n1],
    threeNodes,
    failed,
    profile,
    profile,
    answer("deploy-answer"),
    deployed(n1, n2),
    answer("undeploy-answer"),
  );

  expect(sent()).toEqual([
    ["POST models/m/_deploy", { node_ids: [n1, n2].sort() }],
    ["POST models/m/_undeploy", { node_ids: [n2] }],
  ]);
});

describe("while a deployment is under way", () => {
  it("goes on with it when its plan fits", async () => {
    const deploying = { body: modelBody("DEPLOYING", [n1], { deploy_to_all_nodes: true }) };
    const reference = await update(undefined, deploying, foundTask("theirs", 2_000));

    expect(reference.details).toEqual({ taskId: "theirs" });
    expect(account.call.waits).toEqual([]);
  });

  it("waits for its end before it sends another one", async () => {
    const deploying = { body: modelBody("DEPLOYING", [n1]) };
    await update([n1, n2], threeNodes, deploying, foundTask("theirs", 2_000), deployed(n1), answer("deploy-answer"));

    expect(account.call.waits).toMatchObject([{ reference: { details: { taskId: "theirs" } }, afterRequests: 3 }]);
    expect(sent().at(-1)).toEqual(["POST models/m/_deploy", { node_ids: [n1, n2].sort() }]);
  });
});

it("refuses a node that the cluster does not have before anything else", async () => {
  await expect(update(["nope"], threeNodes)).rejects.toThrow(/nodeIds names nope/);
});
