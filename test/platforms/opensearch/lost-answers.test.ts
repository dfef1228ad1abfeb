import { CancelledError } from "../../../provider/errors";
import type { HttpClient } from "../../../provider/http/request";
import { deploy } from "../../../provider/platforms/opensearch/deploy";
import { model } from "../../../provider/platforms/opensearch/schema";
import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { foundTask, modelBody, n1, noTask, openCluster } from "./fixtures/cluster";
import { answer } from "./fixtures/measured";

let account: ScriptedAccount;

const before = { body: modelBody("UNDEPLOYED", [], { last_updated_time: 1_000 }) };
const unchanged = before;
const deploying = { body: modelBody("DEPLOYING", [n1]) };
const deployedSince = { body: modelBody("DEPLOYED", [n1], { last_updated_time: 1_001 }) };
const failedSince = { body: modelBody("DEPLOY_FAILED", [n1], { last_updated_time: 1_001 }) };

async function create(...answers: ScriptedAnswer[]) {
  account = await openCluster(before, ...answers);
  return account.connection.adapter.create({ modelId: "m" }, account.call);
}

function deploys(): number {
  return account.requests().filter((line) => line.endsWith("/_deploy")).length;
}

afterEach(() => account.close());

const lost: [name: string, answer: ScriptedAnswer][] = [
  ["a connection that broke before the answer", { drop: "before-answer" }],
  ["a connection that broke in the answer", { body: { task_id: "t" }, drop: "in-answer" }],
  ["a gateway's error", { status: 502, body: "<html>Bad Gateway</html>" }],
  ["an answer without a task", { body: { status: "CREATED" } }],
  ["an answer that is no JSON", { body: "ok" }],
  ["a conflict with somebody's deploy of the same instant", answer("error-version-conflict")],
];

describe.each(lost)("after %s", (_name, broken) => {
  it("goes on with the deploy task that is newer than the model was", async () => {
    const reference = await create(broken, foundTask("new", 1_500), deploying);

    expect(reference).toEqual({ deploymentId: "m", details: { taskId: "new" } });
    expect(deploys()).toBe(1);
  });

  it.each([
    ["is deploying", deploying],
    ["was deployed since", deployedSince],
    ["has failed since", failedSince],
  ])("goes on when the model %s", async (_state, after) => {
    const reference = await create(broken, foundTask("old", 900, "COMPLETED"), after);

    expect(reference).toEqual({ deploymentId: "m", details: {} });
    expect(deploys()).toBe(1);
  });

  it("reports what is not known, and sends nothing again", async () => {
    await expect(create(broken, noTask, unchanged)).rejects.toThrow(
      /not known whether the deployment of model m was taken .*run `pulumi up` again: it looks at the model first/,
    );
    expect(deploys()).toBe(1);
  });

  it("reports a look that fails, too", async () => {
    await expect(create(broken, { status: 403, body: "no" })).rejects.toThrow(/looking at the model failed, too/);
    expect(deploys()).toBe(1);
  });
});

it("keeps the deployment when the user cancels while it is asked for", async () => {
  account = await openCluster(before, { body: { task_id: "t" } });
  const { adapter } = account.connection;
  const creating = adapter.create({ modelId: "m" }, account.call);
  while (deploys() === 0) await new Promise((resolve) => setImmediate(resolve));
  account.cancel();

  await expect(creating).resolves.toEqual({ deploymentId: "m", details: { taskId: "t" } });
});

it("keeps the deployment when the user cancels and no answer comes any more", async () => {
  account = await openCluster();
  const cancelled = () => Promise.reject(new CancelledError("cancelled", true));
  const http: HttpClient = { baseUrl: "", close: () => Promise.resolve(), request: cancelled };
  const reference = await deploy(http, "m", model.parse(before.body), undefined, account.call);

  expect(reference).toEqual({ deploymentId: "m", details: {} });
});

it("is not deceived by a model that served before", async () => {
  const serving = { body: modelBody("DEPLOYED", [n1]) };
  account = await openCluster(serving, { drop: "before-answer" }, noTask, serving);
  const { adapter } = account.connection;

  await expect(adapter.create({ modelId: "m" }, account.call)).rejects.toThrow(/not known whether/);
});

it("sends nothing after a cancel", async () => {
  account = await openCluster();
  account.cancel();

  await expect(account.connection.adapter.create({ modelId: "m" }, account.call)).rejects.toThrow(/cancelled/);
  expect(account.requests()).toEqual([]);
});
