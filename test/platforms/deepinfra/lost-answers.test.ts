import { ConnectionError } from "../../../provider/errors";
import type { ScriptedAnswer } from "../../support/scripted-server";
import type { HttpClient, HttpRequest } from "../../../provider/http/request";
import { implementation } from "../../../provider/platforms/deepinfra/adapter";
import { deployments, failureOf, inputs, openAccount, reference } from "./account";

const empty: ScriptedAnswer = { body: [deployments.deleted] };
const lost: [string, ScriptedAnswer][] = [
  ["the connection drops", { drop: "before-answer" }],
  ["the answer breaks off", { body: deployments.initializing, drop: "in-answer" }],
  ["the answer is a page", { body: "<html>welcome</html>" }],
  ["the answer has no id", { body: { status: "initializing" } }],
  ["a gateway gives up", { status: 504, body: "gateway timeout" }],
];

it.each(lost)("goes on with what was made although %s", async (_name, answer) => {
  const account = await openAccount(empty, answer, { body: [deployments.deleted, deployments.initializing] });

  const made = await account.connection.adapter.create(inputs, account.call);

  expect(made).toEqual({ deploymentId: "DpM4BkrjEspUwmTa", details: {} });
  expect(account.requests()).toEqual(["GET /deploy/list", "POST /deploy/llm", "GET /deploy/list"]);
  expect(account.call.warnings).toEqual([
    expect.stringMatching(/^DeepInfra: POST .*going on with DpM4BkrjEspUwmTa, initializing, made 2026-03-12/),
  ]);
  await account.close();
});

it("goes on with what has failed meanwhile, so that it is kept", async () => {
  const account = await openAccount(empty, { status: 500, body: "" }, { body: [deployments.noGpu] });

  expect(await account.connection.adapter.create(inputs, account.call)).toMatchObject({
    deploymentId: "DpM4BkrjEspUwmTa",
  });
  await account.close();
});

it("does not take what failed before for what it asked for", async () => {
  const before = { body: [deployments.noGpu] };
  const account = await openAccount(before, { drop: "before-answer" }, before);

  const error = await failureOf(account.connection.adapter.create(inputs, account.call));

  expect(error.message).toContain('no deployment named "support-7b" exists now');
  await account.close();
});

it("says that nothing is there yet, and what to do", async () => {
  const account = await openAccount(empty, { drop: "before-answer" }, empty);

  const error = await failureOf(account.connection.adapter.create(inputs, account.call));

  expect(error.message).toMatch(/^DeepInfra: POST http.*\/deploy\/llm: no answer arrived/);
  expect(error.message).toContain("it may still appear; run `pulumi up` again, which looks for it before it makes one");
  expect(error.cause).toBeInstanceOf(ConnectionError);
  expect(account.requests().filter((request) => request.startsWith("POST"))).toHaveLength(1);
  await account.close();
});

it("names all that appeared when there are several", async () => {
  const second = { ...deployments.initializing, deploy_id: "SeCoNd0000000001", created_at: null };
  const account = await openAccount(empty, { drop: "before-answer" }, { body: [deployments.initializing, second] });

  const error = await failureOf(account.connection.adapter.create(inputs, account.call));

  expect(error.message).toContain('adopt: "DpM4BkrjEspUwmTa" or adopt: "SeCoNd0000000001"');
  expect(error.message).toContain("may cost money");
  await account.close();
});

it("says what may exist when it cannot look", async () => {
  const down = { status: 503, body: "" };
  const account = await openAccount(empty, down, down, down, down);

  const error = await failureOf(account.connection.adapter.create(inputs, account.call));

  expect(error.message).toContain("POST /deploy/llm answered 503; whether the deployment was made");
  expect(error.message).toContain('one named "support-7b" may exist and cost money');
  expect(account.requests()).toEqual([
    "GET /deploy/list",
    "POST /deploy/llm",
    "GET /deploy/list",
    "GET /deploy/list",
    "GET /deploy/list",
  ]);
  await account.close();
});

it("sends again what was throttled, since that was not taken", async () => {
  const account = await openAccount(empty, { status: 429, body: "" }, { body: deployments.initializing });

  await account.connection.adapter.create(inputs, account.call);

  expect(account.requests()).toEqual(["GET /deploy/list", "POST /deploy/llm", "POST /deploy/llm"]);
  await account.close();
});

it("sends nothing after a cancel", async () => {
  const account = await openAccount();
  account.cancel();

  await failureOf(account.connection.adapter.create(inputs, account.call));

  expect(account.requests()).toEqual([]);
  await account.close();
});

it("still takes the answer that is under way at a cancel", async () => {
  const account = await openAccount();
  const http: Pick<HttpClient, "request"> = {
    async request<Answer>(request: HttpRequest<Answer>): Promise<Answer> {
      if (request.method === "GET") return request.read([]);
      account.cancel();
      await new Promise((resolve) => setImmediate(resolve));
      if (request.outlivesCancel !== true) request.signal.throwIfAborted();
      return request.read(deployments.initializing);
    },
  };
  const adapter = implementation.connect(http as HttpClient, account.connection.settings);

  expect(await adapter.create(inputs, account.call)).toMatchObject({ deploymentId: "DpM4BkrjEspUwmTa" });
  await account.close();
});

describe("a start that is refused", () => {
  const change = {
    from: inputs,
    to: inputs,
    live: { phase: "stopped", platformStatus: "stopped", details: {} },
  } as const;
  const refusal = { status: 400, body: { detail: { error: "Deployment is running, not stopped" } } };

  it("is done when the deployment runs, as after an answer that was lost", async () => {
    const account = await openAccount({ drop: "before-answer" }, refusal, { body: deployments.initializing });

    await account.connection.adapter.update(reference, change, account.call);

    const { deploymentId } = reference;
    const start = `POST /deploy/${deploymentId}/start`;
    expect(account.requests()).toEqual([start, start, `GET /deploy/${deploymentId}`]);
    await account.close();
  });

  it("stays an error while the deployment is stopped", async () => {
    const account = await openAccount(refusal, { body: { ...deployments.initializing, status: "stopped" } });

    const error = await failureOf(account.connection.adapter.update(reference, change, account.call));

    expect(error.message).toContain("answered 400: Deployment is running, not stopped");
    await account.close();
  });
});
