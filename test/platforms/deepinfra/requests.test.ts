import type { DeepInfraInputs } from "../../../provider/platforms/deepinfra/inputs";
import { deployment } from "../../../provider/platforms/deepinfra/schema";
import { toSnapshot } from "../../../provider/platforms/deepinfra/status";
import type { ScriptedAccount } from "../../support/scripted-account";
import { apiKey, deployments, errors, failureOf, inputs, openAccount, reference, token } from "./account";

let account: ScriptedAccount;

async function open(...answers: Parameters<typeof openAccount>): Promise<void> {
  account = await openAccount(...answers);
}

afterEach(() => account.close());

describe("create", () => {
  it("looks, then asks once, with exactly what the program gives", async () => {
    await open({ body: [] }, { body: deployments.initializing });
    const all: DeepInfraInputs = {
      modelName: "acme/support-7b",
      gpu: "H100-80GB",
      numGpus: 2,
      maxBatchSize: 128,
      hf: { repo: "acme/support-7b", revision: "main", token },
      baseModel: "meta-llama/Meta-Llama-3-8B",
      settings: { minInstances: 0, maxInstances: 3 },
      extraArgs: ["--max-model-len", "32768"],
    };

    const made = await account.connection.adapter.create(all, account.call);

    expect(made).toEqual(reference);
    expect(account.requests()).toEqual(["GET /deploy/list", "POST /deploy/llm"]);
    expect(account.server.received[0]).toMatchObject({
      body: undefined,
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect(account.server.received[1]).toMatchObject({
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json", accept: "application/json" },
    });
    expect(account.server.received[1]?.body).toEqual({
      model_name: "acme/support-7b",
      gpu: "H100-80GB",
      num_gpus: 2,
      max_batch_size: 128,
      hf: { repo: "acme/support-7b", revision: "main", token },
      base_model: "meta-llama/Meta-Llama-3-8B",
      settings: { min_instances: 0, max_instances: 3 },
      extra_args: ["--max-model-len", "32768"],
    });
  });

  it("leaves out what is left out, but always sends both bounds", async () => {
    await open({ body: [] }, { body: deployments.initializing });

    await account.connection.adapter.create({ modelName: "m", gpu: "L4-24GB", hf: { repo: "a/b" } }, account.call);

    expect(account.server.received[1]?.body).toEqual({
      model_name: "m",
      gpu: "L4-24GB",
      hf: { repo: "a/b" },
      settings: { min_instances: 1, max_instances: 1 },
    });
  });

  it("needs nothing of the answer but the id", async () => {
    await open({ body: [] }, { body: { deploy_id: "abc", status: null, config: null, news: 1 } });

    const made = await account.connection.adapter.create(inputs, account.call);

    expect(made).toEqual({ deploymentId: "abc", details: {} });
  });

  it.each([
    ["running", { status: "running" }],
    ["still starting", { status: "initializing" }],
    ["stopped", { status: "stopped" }],
    ["in a state that nobody knows", { status: "hibernating" }],
    ["of no type", { status: "running", type: null }],
    ["of no status", { status: null }],
  ])("refuses a name that stands already, %s, and gives the line to paste", async (_name, change) => {
    await open({ body: [deployments.legacy, { ...deployments.running, ...change }] });

    const error = await failureOf(account.connection.adapter.create(inputs, account.call));

    expect(error.message).toContain('a deployment named "support-7b" exists already (DpM4BkrjEspUwmTa');
    expect(error.message).toContain('add adopt: "DpM4BkrjEspUwmTa"');
    expect(account.requests()).toEqual(["GET /deploy/list"]);
  });

  it("looks again before it refuses what stood there when another creation looked", async () => {
    const made = { body: { deploy_id: "abc" } };
    await open({ body: [deployments.running] }, made, { body: [deployments.deleted] }, made);
    await account.connection.adapter.create({ ...inputs, modelName: "another" }, account.call);

    expect(await account.connection.adapter.create(inputs, account.call)).toEqual({ deploymentId: "abc", details: {} });
    const [list, create] = ["GET /deploy/list", "POST /deploy/llm"];
    expect(account.requests()).toEqual([list, create, list, create]);
  });

  it.each([
    ["was deleted", deployments.deleted],
    ["failed", deployments.noGpu],
    ["is a serverless reference", { ...deployments.running, type: "legacy" }],
    ["is a LoRA adapter", { ...deployments.running, type: "lora" }],
    ["has another name", { ...deployments.running, model_name: "acme/my-support-7b" }],
    ["has no name", { ...deployments.running, model_name: null }],
  ])("is not kept from it by a row that %s", async (_name, row) => {
    await open({ body: [row] }, { body: deployments.initializing });

    await account.connection.adapter.create(inputs, account.call);

    expect(account.requests()).toEqual(["GET /deploy/list", "POST /deploy/llm"]);
  });

  it("sends nothing more when the look is refused", async () => {
    await open({ status: 403, body: errors.notAuthenticated });

    await failureOf(account.connection.adapter.create(inputs, account.call));

    expect(account.requests()).toEqual(["GET /deploy/list"]);
  });
});

describe("observe", () => {
  it("reads the deployment by its id", async () => {
    await open({ body: deployments.running });

    const snapshot = await account.connection.adapter.observe(reference, inputs, account.call);

    expect(snapshot).toEqual(toSnapshot(deployment.parse(deployments.running), account.server.url, inputs));
    expect(snapshot.endpoint).toBe(`${account.server.url}/v1/openai`);
    expect(account.requests()).toEqual(["GET /deploy/DpM4BkrjEspUwmTa"]);
  });

  it("takes 404 for gone", async () => {
    await open({ status: 404, body: errors.deepError });

    const snapshot = await account.connection.adapter.observe(reference, inputs, account.call);

    expect(snapshot).toEqual({ phase: "gone", platformStatus: "", details: {} });
  });

  it.each([
    ["a route that is not there", errors.detailText],
    ["a page of a proxy", "<html>404 Not Found</html>"],
    ["nothing", undefined],
  ])("never takes 404 with %s for gone", async (_name, body) => {
    await open({ status: 404, body }, { status: 404, body });
    const { adapter } = account.connection;

    const seen = await failureOf(adapter.observe(reference, inputs, account.call));
    await failureOf(adapter.delete(reference, account.call));

    expect(seen.message).toMatch(/answered 404.*; check deepinfraUrl$/);
  });

  it("never takes a refusal for gone", async () => {
    await open({ status: 403, body: errors.notAuthenticated });

    await failureOf(account.connection.adapter.observe(reference, inputs, account.call));
  });

  it("keeps an odd id in its place", async () => {
    await open({ body: deployments.running });

    await account.connection.adapter.observe({ deploymentId: "../llm?x", details: {} }, inputs, account.call);

    expect(account.requests()).toEqual(["GET /deploy/..%2Fllm%3Fx"]);
  });
});

describe("update", () => {
  const live = (changes: object = {}) =>
    toSnapshot(deployment.parse({ ...deployments.running, ...changes }), "", inputs);

  async function update(to: DeepInfraInputs, seen: ReturnType<typeof live>, from = inputs): Promise<void> {
    const { adapter } = account.connection;
    expect(await adapter.update(reference, { from, to, live: seen }, account.call)).toEqual(reference);
  }

  it("sends both bounds when one changes", async () => {
    await open({ body: { deploy_id: reference.deploymentId } });

    await update({ ...inputs, settings: { maxInstances: 4 } }, live());

    expect(account.requests()).toEqual(["PUT /deploy/DpM4BkrjEspUwmTa"]);
    expect(account.server.received[0]?.body).toEqual({ settings: { min_instances: 1, max_instances: 4 } });
  });

  it("puts back bounds that were changed outside", async () => {
    await open({ body: null });

    await update(inputs, live({ settings: { min_instances: 1, max_instances: 7 } }));

    expect(account.server.received[0]?.body).toEqual({ settings: { min_instances: 1, max_instances: 2 } });
  });

  it("compares with the old inputs where the platform reports no bounds", async () => {
    await open({ body: { deploy_id: reference.deploymentId } });

    await update(inputs, live({ settings: null }));
    await update({ ...inputs, settings: {} }, live({ settings: null }));

    expect(account.requests()).toEqual(["PUT /deploy/DpM4BkrjEspUwmTa"]);
  });

  it.each([
    ["nothing changes", inputs],
    ["the token alone changes", { ...inputs, hf: { repo: "acme/support-7b", token: "hf_another" } }],
  ])("sends nothing when %s", async (_name, to) => {
    await open();

    await update(to, live());

    expect(account.requests()).toEqual([]);
  });

  it("starts what was stopped", async () => {
    await open({ body: { deploy_id: reference.deploymentId } });

    await update(inputs, live({ status: "stopped" }));

    expect(account.requests()).toEqual(["POST /deploy/DpM4BkrjEspUwmTa/start"]);
    expect(account.server.received[0]?.body).toBeUndefined();
    expect(account.call.waits).toEqual([]);
  });

  it("changes the bounds of what was stopped when it runs, as documented", async () => {
    await open({ body: {} }, { body: {} });

    await update({ ...inputs, settings: { minInstances: 2, maxInstances: 2 } }, live({ status: "stopped" }));

    expect(account.requests()).toEqual(["POST /deploy/DpM4BkrjEspUwmTa/start", "PUT /deploy/DpM4BkrjEspUwmTa"]);
    expect(account.call.waits).toEqual([{ reference, phases: ["ready"], afterRequests: 1 }]);
  });

  it("asks again while the deployment is busy", async () => {
    const busy = { status: 409, body: { error: "deployment is busy" } };
    await open(busy, { body: {} }, busy, { body: {} });

    await update({ ...inputs, settings: { minInstances: 2, maxInstances: 2 } }, live({ status: "stopped" }));

    expect(account.server.received.map(({ method }) => method)).toEqual(["POST", "POST", "PUT", "PUT"]);
  });
});

describe("delete", () => {
  it.each([
    ["is there", { body: { deploy_id: reference.deploymentId } }],
    ["is not there", { status: 404, body: errors.deepError }],
  ])("asks for the removal of what %s", async (_name, answer) => {
    await open(answer);

    expect(await account.connection.adapter.delete(reference, account.call)).toEqual(reference);
    expect(account.requests()).toEqual(["DELETE /deploy/DpM4BkrjEspUwmTa"]);
    expect(account.server.received[0]?.body).toBeUndefined();
  });

  it("asks again while the deployment is busy, and after a lost answer", async () => {
    await open(
      { status: 409, body: { error: "busy" } },
      { drop: "before-answer" },
      { status: 404, body: errors.deepError },
    );

    await account.connection.adapter.delete(reference, account.call);

    expect(account.requests()).toHaveLength(3);
  });
});
