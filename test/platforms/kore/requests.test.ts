import { implementation } from "../../../provider/platforms/kore/adapter";
import type { KoreInputs } from "../../../provider/platforms/kore/inputs";
import type { Phase, Snapshot } from "../../../provider/platform";
import type { ScriptedAccount } from "../../support/scripted-account";
import {
  apiKey,
  deploy,
  deploying,
  dockStatus,
  errors,
  failureOf,
  inputs,
  jobId,
  modelId,
  openAccount,
  openDialect,
  undeploy,
} from "./account";

let account: ScriptedAccount;

async function open(...answers: Parameters<typeof openAccount>): Promise<void> {
  account = await openAccount(...answers);
}

afterEach(() => account.close());

const deployLine = `POST /api/public/models/${modelId}/deploy?modelType=openSource`;
const undeployLine = `POST /api/public/models/${modelId}/undeploy`;

describe("create", () => {
  const sample: KoreInputs = {
    ...inputs,
    hyperParameters: { ...inputs.hyperParameters, stopSequence: [] },
    scalingParameters: { maxBatchSize: 10, minReplicas: 1, maxReplicas: 2, scaleUpDelay: 30, scaleDownDelay: 600 },
    optimizationInfo: { optimizationType: "", quantizationType: "" },
    endpoint: "https://kore.example.com/v1/completions",
  };
  const sampleBody = {
    name: "Flant5_model",
    hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50, stopSequence: [] },
    scalingParameters: { maxBatchSize: 10, minReplicas: 1, maxReplicas: 2, scaleUpDelay: 30, scaleDownDelay: 600 },
    deviceType: "g5.xlarge",
    optimizationInfo: { optimizationType: "", quantizationType: "" },
  };

  it("sends the documented sample, without a colon in the path", async () => {
    await open({ body: deploy.inProgress });

    const made = await account.connection.adapter.create(sample, account.call);

    expect(made).toEqual(deploying);
    expect(account.requests()).toEqual([deployLine]);
    expect(account.server.received[0]?.headers).toMatchObject({
      "x-api-key": apiKey,
      "content-type": "application/json",
    });
    expect(account.server.received[0]?.headers).not.toHaveProperty("authorization");
    expect(account.server.received[0]?.body).toEqual({ ...sampleBody, isDeployedPreviously: true });
  });

  it("spells the flag as GALE's samples do, for GALE", async () => {
    account = await openDialect("gale", { body: deploy.galeTable });

    await account.connection.adapter.create(sample, account.call);

    expect(account.server.received[0]?.body).toEqual({ ...sampleBody, isDeployedPreviouly: true });
  });

  it("leaves out what is left out", async () => {
    await open({ body: deploy.inProgress });

    await account.connection.adapter.create(
      { ...inputs, modelType: "fineTune", isDeployedPreviously: false },
      account.call,
    );

    expect(account.requests()).toEqual([`POST /api/public/models/${modelId}/deploy?modelType=fineTune`]);
    expect(account.server.received[0]?.body).toEqual({
      name: "Flant5_model",
      hyperParameters: { temperature: 1, maxTokens: 512, topP: 1, topK: 50 },
      deviceType: "g5.xlarge",
      isDeployedPreviously: false,
    });
  });

  it.each([
    ["with the job", { ...deploy.inProgress, status: "SUCCESS" }, { dockStatusId: jobId, status: "SUCCESS" }],
    ["without a job", { status: "SUCCESS" }, { status: "SUCCESS" }],
    ["as a failure without a job", { status: "failed", msg: "quota" }, { status: "failed", reason: "quota" }],
  ])("takes a first answer that is the last, %s", async (_name, body, details) => {
    await open({ body });

    const made = await account.connection.adapter.create(inputs, account.call);

    expect(made).toEqual({ deploymentId: modelId, details: { action: "DEPLOY", ...details } });
    expect(account.call.warnings).toEqual([]);
  });

  it("keeps an odd id in its place", async () => {
    await open({ body: deploy.inProgress });

    await account.connection.adapter.create({ ...inputs, modelId: "a/b?c" }, account.call);

    expect(account.requests()).toEqual(["POST /api/public/models/a%2Fb%3Fc/deploy?modelType=openSource"]);
  });

  it("fails with the platform's words when Kore refuses", async () => {
    await open({ status: 400, body: errors.message });

    const error = await failureOf(account.connection.adapter.create(inputs, account.call));

    expect(error.message).toContain(
      `Kore.ai: POST /api/public/models/${modelId}/deploy answered 400: not allowed (17)`,
    );
  });
});

describe("observe", () => {
  it("asks for the newest job", async () => {
    await open({ body: dockStatus.success });

    const snapshot = await account.connection.adapter.observe(deploying, inputs, account.call);

    expect(snapshot).toMatchObject({ phase: "ready", platformStatus: "SUCCESS", details: { dockStatusId: jobId } });
    expect(account.requests()).toEqual([`GET /api/public/dock-status/${jobId}`]);
    expect(account.server.received[0]).toMatchObject({ body: undefined, headers: { "x-api-key": apiKey } });
  });

  it.each([
    ["IN_PROGRESS", "unknown"],
    ["SUCCESS", "ready"],
  ])("never takes a job that is gone for a model that is gone, after %s", async (status, phase) => {
    await open({ status: 404, body: errors.errorText });
    const details = { ...deploying.details, status };

    const snapshot = await account.connection.adapter.observe({ ...deploying, details }, inputs, account.call);

    expect(snapshot.phase).toBe(phase);
  });

  it("asks nobody where there is no job to ask for", async () => {
    await open();
    const adopted = { deploymentId: modelId, details: {} };

    const snapshot = await account.connection.adapter.observe(adopted, inputs, account.call);

    expect(snapshot).toMatchObject({ phase: "unknown", immutable: { modelId } });
    expect(account.requests()).toEqual([]);
  });

  it.each([401, 403, 400])("does not know when Kore answers %d", async (status) => {
    await open({ status, body: "" });

    await failureOf(account.connection.adapter.observe(deploying, inputs, account.call));
  });
});

describe("update", () => {
  const live = (phase: Phase): Snapshot<KoreInputs> => ({ phase, platformStatus: "", details: {} });

  it.each<[string, Partial<KoreInputs>]>([
    ["a parameter", { hyperParameters: { ...inputs.hyperParameters, topK: 10 } }],
    ["the machine", { deviceType: "g5.2xlarge" }],
    ["the name", { name: "another" }],
    ["the scaling", { scalingParameters: { minReplicas: 2 } }],
  ])("deploys again for a change of %s", async (_name, change) => {
    await open({ body: { ...deploy.inProgress, "dock-statusId": "ds-2" } });
    const to = { ...inputs, ...change, isDeployedPreviously: false };

    const updated = await account.connection.adapter.update(
      { ...deploying, details: { ...deploying.details, deployAnswerLost: true } },
      { from: inputs, to, live: live("ready") },
      account.call,
    );

    expect(updated).toEqual({
      deploymentId: modelId,
      details: { action: "DEPLOY", dockStatusId: "ds-2", status: "IN_PROGRESS" },
    });
    expect(account.requests()).toEqual([deployLine]);
    expect(account.server.received[0]?.body).toMatchObject({ isDeployedPreviously: true });
  });

  it.each<Phase>(["failed", "stopped", "unknown"])("deploys again what is %s", async (phase) => {
    await open({ body: deploy.inProgress });

    await account.connection.adapter.update(deploying, { from: inputs, to: inputs, live: live(phase) }, account.call);

    expect(account.requests()).toEqual([deployLine]);
  });

  it.each<[string, Phase, Partial<KoreInputs>]>([
    ["nothing", "ready", {}],
    ["nothing while it is being deployed", "pending", {}],
    ["the endpoint", "ready", { endpoint: "https://kore.example.com" }],
    ["the flag", "ready", { isDeployedPreviously: false }],
  ])("sends nothing for a change of %s", async (_name, phase, change) => {
    await open();

    const updated = await account.connection.adapter.update(
      deploying,
      { from: inputs, to: { ...inputs, ...change }, live: live(phase) },
      account.call,
    );

    expect(updated).toEqual(deploying);
    expect(account.requests()).toEqual([]);
  });
});

describe("delete", () => {
  it("undeploys, and follows that job", async () => {
    await open({ body: { ...undeploy.success, status: "IN_PROGRESS" } }, { body: dockStatus.success });
    const { adapter } = account.connection;

    const asked = await adapter.delete(deploying, account.call);
    const snapshot = await adapter.observe(asked, inputs, account.call);

    expect(asked.details).toEqual({
      action: "UNDEPLOY",
      dockStatusId: "ds-e1aa11bd-b229-5330-8445-5b5566778892",
      status: "IN_PROGRESS",
    });
    expect(snapshot.phase).toBe("stopped");
    expect(account.requests()).toEqual([
      undeployLine,
      "GET /api/public/dock-status/ds-e1aa11bd-b229-5330-8445-5b5566778892",
    ]);
    expect(account.server.received[0]).toMatchObject({ body: undefined, headers: { "x-api-key": apiKey } });
  });

  it.each([
    ["is not known", { status: 404, body: errors.errorText }, "gone"],
    ["is not deployed", { status: 400, body: { msg: "The model is not deployed" } }, "stopped"],
    ["is not deployed any more", { status: 409, body: { error: "Model is already undeployed" } }, "stopped"],
    ["was undeployed at once", { body: { status: "SUCCESS" } }, "stopped"],
  ])("is done with a model that %s", async (_name, answer, phase) => {
    await open(answer);
    const { adapter } = account.connection;

    const snapshot = await adapter.observe(await adapter.delete(deploying, account.call), inputs, account.call);

    expect(snapshot.phase).toBe(phase);
    expect(implementation.removedPhases).toContain(phase);
    expect(account.requests()).toEqual([undeployLine]);
  });

  it.each([
    ["another refusal", { status: 400, body: { msg: "The model could not be undeployed" } }],
    ["a host that is not Kore's", { status: 404, body: "<html>404 Not Found</html>" }],
    ["a missing scope", { status: 403, body: { msg: "not deployed" } }],
  ])("lets %s be seen", async (_name, answer) => {
    await open(answer);

    await failureOf(account.connection.adapter.delete(deploying, account.call));
  });

  it("may be sent again after a lost answer", async () => {
    await open({ drop: "before-answer" }, { body: undeploy.success });

    await account.connection.adapter.delete(deploying, account.call);

    expect(account.requests()).toEqual([undeployLine, undeployLine]);
  });
});
