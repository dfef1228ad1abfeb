import type { OpenSearchInputs } from "../../../provider/platforms/opensearch/inputs";
import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { n1, n2, openCluster } from "./fixtures/cluster";
import { answer } from "./fixtures/measured";

let account: ScriptedAccount;

async function observe(
  details: Record<string, unknown>,
  inputs: OpenSearchInputs | undefined,
  ...answers: ScriptedAnswer[]
) {
  account = await openCluster(...answers);
  return account.connection.adapter.observe({ deploymentId: "_YsN", details }, inputs, account.call);
}

async function remove(...answers: ScriptedAnswer[]) {
  account = await openCluster(...answers);
  const { adapter } = account.connection;
  return adapter.delete({ deploymentId: "_YsN", details: { taskId: "t" } }, account.call);
}

afterEach(() => account.close());

describe("observe", () => {
  it("reads the task first and then the model", async () => {
    const snapshot = await observe(
      { taskId: "-t" },
      { modelId: "_YsN" },
      answer("task-completed"),
      answer("model-deployed-all-nodes"),
    );

    expect(account.requests()).toEqual(["GET /_plugins/_ml/tasks/-t", "GET /_plugins/_ml/models/_YsN"]);
    expect(snapshot).toEqual({
      phase: "ready",
      platformStatus: "DEPLOYED",
      replicas: { running: 1, pending: 0 },
      endpoint: `${account.server.url}/_plugins/_ml/models/_YsN/_predict`,
      details: { taskId: "-t", modelName: "m1", algorithm: "REMOTE", modelVersion: "1" },
      configuration: {},
      immutable: { modelId: "_YsN" },
    });
  });

  it("reports the nodes that somebody chose", async () => {
    const snapshot = await observe({}, undefined, answer("model-custom-plan"));

    expect(snapshot.configuration).toEqual({ nodeIds: [n2, n1] });
  });

  it("asks the nodes when the model counts as failed", async () => {
    const snapshot = await observe({}, undefined, answer("model-deploy-failed"), { body: {} });

    expect(account.requests()).toEqual(["GET /_plugins/_ml/models/_YsN", "GET /_plugins/_ml/profile/models/_YsN"]);
    expect(snapshot).toMatchObject({ phase: "failed", confirmSeconds: 15 });
  });

  it("does without a task that was cleared away", async () => {
    const snapshot = await observe(
      { taskId: "t" },
      undefined,
      answer("error-task-unknown"),
      answer("model-undeployed"),
    );

    expect(snapshot.phase).toBe("stopped");
  });

  it.each([
    ["the model", answer("error-model-unknown")],
    ["the index of all models", answer("error-model-unknown-no-index")],
  ])("finds nothing when %s is gone", async (_name, missing) => {
    expect(await observe({}, undefined, missing)).toEqual({ phase: "gone", platformStatus: "", details: {} });
  });

  it("does not take a proxy's 404 for a model that is gone", async () => {
    const attempt = observe({}, undefined, { status: 404, body: "<html>404 Not Found</html>" });

    await expect(attempt).rejects.toThrow(/answered 404: 404 Not Found; check opensearchUrl/);
  });

  it("does not take recovering shards for a model that is gone", async () => {
    const recovering = answer("error-recovering");
    const attempt = observe({}, undefined, recovering, recovering, recovering);

    await expect(attempt).rejects.toMatchObject({ status: 500, kind: "transient" });
  });

  it("reports wrong credentials with the place they came from", async () => {
    await expect(observe({}, undefined, { status: 401, body: "Unauthorized" })).rejects.toThrow(
      /answered 401: Unauthorized; the credentials came from the stack's config inference:opensearchPassword/,
    );
  });

  it("survives fields of other kinds than measured", async () => {
    const odd = { planning_worker_nodes: "x", planning_worker_node_count: "3", deploy_setting: 1, name: null };
    const snapshot = await observe({}, undefined, answer("model-deployed-all-nodes", odd));

    expect(snapshot).toMatchObject({ phase: "ready", replicas: { running: 1 } });
    expect(snapshot.details).toEqual({ algorithm: "REMOTE", modelVersion: "1" });
  });

  it("cannot read an answer that is no object", async () => {
    await expect(observe({}, undefined, { body: [] })).rejects.toThrow(/cannot be read/);
  });
});

describe("delete", () => {
  it("undeploys from all nodes, without a body, and never deletes the model", async () => {
    await remove(answer("undeploy-answer"));

    expect(account.requests()).toEqual(["POST /_plugins/_ml/models/_YsN/_undeploy"]);
    expect(account.server.received[0]?.body).toBeUndefined();
  });

  it("forgets the task, which may never end", async () => {
    const reference = await remove(answer("undeploy-answer"));
    account.server.answer(answer("model-undeployed", { deploy_setting: { model_ttl_minutes: 5 } }));
    const snapshot = await account.connection.adapter.observe(reference, undefined, account.call);

    expect(snapshot.phase).toBe("stopped");
    expect(account.requests()).toHaveLength(2);
  });

  it.each([
    ["undeployed already", answer("undeploy-again")],
    ["not there", answer("error-deploy-unknown")],
    ["not there, as no model is", answer("error-deploy-no-index")],
  ])("is content with a model that is %s", async (_name, given) => {
    await expect(remove(given)).resolves.toMatchObject({ deploymentId: "_YsN" });
  });

  it("is sent again when the answer is lost", async () => {
    await remove({ drop: "before-answer" }, answer("undeploy-again"));

    expect(account.requests()).toHaveLength(2);
  });

  it("reports what the user may not do", async () => {
    await expect(remove(answer("error-access-control-undeploy"))).rejects.toThrow(/access to the model's group/);
  });
});
