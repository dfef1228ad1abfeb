import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { deployed, foundTask, modelBody, n1, n2, n3, noTask, openCluster, threeNodes } from "./fixtures/cluster";
import { answer } from "./fixtures/measured";

let account: ScriptedAccount;

async function create(inputs: object, ...answers: ScriptedAnswer[]) {
  account = await openCluster(...answers);
  return account.connection.adapter.create({ modelId: "-osN", ...inputs }, account.call);
}

afterEach(() => account.close());

const model = "/_plugins/_ml/models/-osN";

it("reads the model, and deploys it once to all nodes, without a body", async () => {
  const reference = await create({}, answer("model-registered"), answer("deploy-answer"));

  expect(reference).toEqual({ deploymentId: "-osN", details: { taskId: "RmgG_KEBHaG9mD54a_ZC" } });
  expect(account.requests()).toEqual([`GET ${model}`, `POST ${model}/_deploy`]);
  const deploy = account.server.received[1];
  expect(deploy?.body).toBeUndefined();
  expect(deploy?.headers).not.toHaveProperty("content-type");
  expect(deploy?.headers.authorization).toBe(`Basic ${Buffer.from("admin:correct-horse").toString("base64")}`);
});

it("checks the nodes against the cluster before it sends them", async () => {
  await create({ nodeIds: [n2, n1, n2] }, answer("model-undeployed"), threeNodes, answer("deploy-answer"));

  expect(account.requests()).toEqual([`GET ${model}`, "GET /_nodes", `POST ${model}/_deploy`]);
  expect(account.server.received[2]?.body).toEqual({ node_ids: [n2, n1] });
});

it("takes an empty list of nodes as all nodes", async () => {
  await create({ nodeIds: [] }, answer("model-undeployed"), answer("deploy-answer"));

  expect(account.server.received[1]?.body).toBeUndefined();
});

it("refuses a node that the cluster does not have, and lists those that it has", async () => {
  const attempt = create({ nodeIds: [n1, "n2"] }, answer("model-registered"), threeNodes);

  await expect(attempt).rejects.toThrow(
    new RegExp(`nodeIds names n2, and the cluster has no such node; its nodes are ${n1} \\(n1\\), ${n2} \\(n2\\)`),
  );
  expect(account.requests()).toHaveLength(2);
});

it("refuses a model that is not registered", async () => {
  await expect(create({}, answer("error-model-unknown"))).rejects.toThrow(
    /no model -osN is registered in the cluster; register it with POST \/_plugins\/_ml\/models\/_register/,
  );
});

it("refuses a model that is still being registered, since its deployment would fail later", async () => {
  await expect(create({}, answer("model-registering"))).rejects.toThrow(/still being registered/);
});

it("takes a model that is deployed as wanted as it is", async () => {
  const reference = await create({}, answer("model-deployed-all-nodes"));

  expect(reference).toEqual({ deploymentId: "-osN", details: {} });
  expect(account.call.lines).toEqual([expect.stringMatching(/deployed already/)]);
});

it("adds nodes to a deployment that exists", async () => {
  await create({ nodeIds: [n1, n2] }, deployed(n1), threeNodes, answer("deploy-answer"));

  expect(account.server.received[2]?.body).toEqual({ node_ids: [n1, n2] });
});

it("refuses to move a deployment that somebody made, and says how to take it over", async () => {
  const attempt = create({ nodeIds: [n1] }, deployed(n1, n2), threeNodes);

  await expect(attempt).rejects.toThrow(/already deployed on node .* add `adopt: "-osN"`/);
});

it("deploys a partial deployment again", async () => {
  const partial = { body: modelBody("PARTIALLY_DEPLOYED", [n1, n2], { deploy_to_all_nodes: true }) };
  await create({}, partial, answer("deploy-answer"));

  expect(account.requests()).toEqual([`GET ${model}`, `POST ${model}/_deploy`]);
});

describe("while another deployment is under way", () => {
  const deploying = { body: modelBody("DEPLOYING", [n1, n2], { deploy_to_all_nodes: true }) };

  it("goes on with that one and sends no second `_deploy`", async () => {
    const reference = await create({}, deploying, foundTask("-task", 2_000));

    expect(reference.details).toEqual({ taskId: "-task" });
    expect(account.requests()).toEqual([`GET ${model}`, "POST /_plugins/_ml/tasks/_search"]);
    expect(account.server.received[1]?.body).toEqual({
      query: { bool: { must: [{ term: { model_id: "-osN" } }, { term: { task_type: "DEPLOY_MODEL" } }] } },
      sort: [{ create_time: "desc" }],
      size: 1,
    });
  });

  it("goes on without a task when none is found", async () => {
    expect(await create({}, deploying, noTask)).toEqual({ deploymentId: "-osN", details: {} });
  });

  it("sees it behind a failure that is none", async () => {
    const failed = { body: modelBody("DEPLOY_FAILED", [n1], { deploy_to_all_nodes: true }) };
    const profile = { body: { nodes: { [n1]: { models: { "-osN": { model_state: "DEPLOYING" } } } } } };
    await create({}, failed, profile, foundTask("-task", 2_000));

    expect(account.requests()).toEqual([
      `GET ${model}`,
      "GET /_plugins/_ml/profile/models/-osN",
      "POST /_plugins/_ml/tasks/_search",
    ]);
  });

  it("refuses one that goes to other nodes", async () => {
    const attempt = create({ nodeIds: [n3] }, deploying, threeNodes);

    await expect(attempt).rejects.toThrow(/just being deployed by somebody else to all nodes .* program wants node/);
  });
});

it("deploys again after a real failure", async () => {
  await create({}, answer("model-deploy-failed"), { body: {} }, answer("deploy-answer"));

  expect(account.requests().at(-1)).toBe(`POST ${model}/_deploy`);
});

it("does not repeat a refusal, and advises", async () => {
  const attempt = create({ nodeIds: [n1] }, answer("model-registered"), threeNodes, answer("error-custom-plan"));

  await expect(attempt).rejects.toThrow(
    "OpenSearch: POST /_plugins/_ml/models/-osN/_deploy answered 400: Don't allow custom deployment plan (illegal_argument_exception); set the cluster's plugins.ml_commons.allow_custom_deployment_plan to true, or leave out nodeIds",
  );
});

it("bears recovering shards when it reads the model", async () => {
  await create({}, answer("error-recovering"), answer("model-registered"), answer("deploy-answer"));

  expect(account.requests()).toEqual([`GET ${model}`, `GET ${model}`, `POST ${model}/_deploy`]);
});
