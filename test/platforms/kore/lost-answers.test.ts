import type { HttpClient, HttpRequest } from "../../../provider/http/request";
import { implementation } from "../../../provider/platforms/kore/adapter";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { deploy, deploying, failureOf, inputs, modelId, openAccount } from "./account";

const lost = { deploymentId: modelId, details: { action: "DEPLOY", deployAnswerLost: true } };

const cases: [string, ScriptedAnswer, RegExp][] = [
  ["the connection drops", { drop: "before-answer" }, /no answer arrived/],
  ["the answer breaks off", { body: deploy.inProgress, drop: "in-answer" }, /the answer broke off/],
  ["the answer is a page", { body: "<html>welcome</html>" }, /cannot be read/],
  ["the answer is a list", { body: [] }, /cannot be read/],
  ["a gateway gives up", { status: 504, body: "" }, /answered 504/],
  ["the answer has no id", { body: { jobId: "ds-1", state: "IN_PROGRESS" } }, /has the members jobId, state\)/],
  ["the answer is empty", {}, /the answer has nothing\)/],
];

it.each(cases)("keeps the deployment, and never sends it again, when %s", async (_name, answer, why) => {
  const account = await openAccount(answer);

  const made = await account.connection.adapter.create(inputs, account.call);

  expect(made).toEqual(lost);
  expect(account.server.received).toHaveLength(1);
  expect(account.call.warnings).toEqual([expect.stringMatching(why)]);
  expect(account.call.warnings[0]).toContain(`may be deploying ${modelId} nevertheless`);
  await account.close();
});

it("does the same in an update, and the next one deploys again", async () => {
  const account = await openAccount({ drop: "before-answer" }, { body: deploy.inProgress });
  const { adapter } = account.connection;
  const to = { ...inputs, name: "another" };
  const ready = { phase: "ready", platformStatus: "SUCCESS", details: {} } as const;

  const first = await adapter.update(deploying, { from: inputs, to, live: ready }, account.call);
  const live = await adapter.observe(first, to, account.call);
  const second = await adapter.update(first, { from: to, to, live }, account.call);

  expect(first).toEqual(lost);
  expect(live.phase).toBe("unknown");
  expect(live.reason).toContain("was lost");
  expect(second).toEqual(deploying);
  await account.close();
});

it("sends again what was throttled, since that was not taken", async () => {
  const account = await openAccount({ status: 429, body: "" }, { body: deploy.inProgress });

  expect(await account.connection.adapter.create(inputs, account.call)).toEqual(deploying);
  expect(account.server.received).toHaveLength(2);
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
      account.cancel();
      await new Promise((resolve) => setImmediate(resolve));
      if (request.outlivesCancel !== true) request.signal.throwIfAborted();
      return request.read(deploy.inProgress);
    },
  };
  const adapter = implementation.connect(http as HttpClient, account.connection.settings);

  expect(await adapter.create(inputs, account.call)).toEqual(deploying);
  await account.close();
});
