import type { FoundryInputs } from "../../../provider/platforms/foundry";
import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import {
  deployment,
  deploymentBody,
  failure,
  inputs,
  listOf,
  modelRid,
  noContent,
  noSuchApi,
  one,
  openFoundry,
  path,
  rid,
} from "./fixtures/documented";

let account: ScriptedAccount;

async function create(given: FoundryInputs, ...answers: ScriptedAnswer[]) {
  account = await openFoundry(...answers);
  return account.connection.adapter.create(given, account.call);
}

function posts(): number {
  return account.requests().filter((line) => line === `POST ${path}?preview=true`).length;
}

afterEach(() => account.close());

const list = `GET ${path}?modelRid=${modelRid}&branch=master&preview=true`;
const none = listOf();
const starting = deployment("STARTING", false);

it("looks first, and creates with the whole configuration", async () => {
  const reference = await create(inputs, none, starting);

  expect(reference).toEqual({ deploymentId: rid, details: {} });
  expect(account.requests()).toEqual([list, `POST ${path}?preview=true`]);
  const request = account.server.received[1];
  expect(request?.body).toEqual({
    deploymentType: { type: "direct", modelRid, branch: "master" },
    runtimeConfiguration: { ...inputs.runtimeConfiguration, sources: [], environmentVariables: { LOG_LEVEL: "INFO" } },
  });
  expect(request?.headers).toMatchObject({
    authorization: "Bearer personal-token-of-a-user",
    "content-type": "application/json",
    accept: "application/json",
  });
});

it("sends both maps and lists also when the program gives none, and nothing else", async () => {
  const bare = { modelRid, branch: "a/b c", runtimeConfiguration: { minReplicas: 1, maxReplicas: 1 } };
  await create(bare, none, starting);

  expect(account.requests()[0]).toBe(`GET ${path}?modelRid=${modelRid}&branch=a%2Fb+c&preview=true`);
  expect(account.server.received[1]?.body).toEqual({
    deploymentType: { type: "direct", modelRid, branch: "a/b c" },
    runtimeConfiguration: { minReplicas: 1, maxReplicas: 1, sources: [], environmentVariables: {} },
  });
});

it("needs nothing but the rid of the answer", async () => {
  await expect(create(inputs, none, { body: { rid, status: "new shape" } })).resolves.toMatchObject({
    deploymentId: rid,
  });
});

it.each([
  ["ACTIVE", true],
  ["STARTING", false],
  ["DEGRADED", true],
  ["FAILED", false],
  ["A_NEW_WORD", false],
])("refuses beside a deployment that is %s, with the line to take it over", async (state, isReady) => {
  await expect(create(inputs, listOf(deploymentBody(state, isReady)))).rejects.toThrow(
    `branch master of model ${modelRid} already has the live deployment ${rid} (${state}), and can have one only; to take it over, add \`adopt: "${rid}"\``,
  );
  expect(posts()).toBe(0);
});

it("takes no notice of another branch's deployment", async () => {
  const other = { ...deploymentBody("ACTIVE", true), branch: "develop", rid: "ri.other" };

  await expect(create(inputs, listOf(other), starting)).resolves.toMatchObject({ deploymentId: rid });
});

describe("beside a disabled deployment", () => {
  const disabled = listOf(deploymentBody("DISABLED", false));

  it("takes it over: the whole configuration, then the start", async () => {
    const reference = await create(inputs, disabled, deployment("DISABLED", false), noContent);

    expect(reference.deploymentId).toBe(rid);
    expect(account.requests()).toEqual([list, `PUT ${one}?preview=true`, `POST ${one}/start?preview=true`]);
    expect(account.server.received[1]?.body).toEqual({
      runtimeConfiguration: { ...inputs.runtimeConfiguration, sources: [] },
    });
    const start = account.server.received[2];
    expect(start?.body).toBeUndefined();
    expect(start?.headers).not.toHaveProperty("content-type");
    expect(account.call.warnings).toEqual([expect.stringMatching(/taking over the disabled deployment ri\./)]);
  });

  it("leaves it disabled when the program wants that", async () => {
    await create({ ...inputs, enabled: false }, disabled, deployment("DISABLED", false));

    expect(account.requests()).toEqual([list, `PUT ${one}?preview=true`]);
  });

  it("disables it when the change has started it", async () => {
    await create({ ...inputs, enabled: false }, disabled, deployment("STARTING", false), noContent);

    expect(account.requests().at(-1)).toBe(`POST ${one}/disable?preview=true`);
  });

  it("keeps its id when it is not known whether it was started", async () => {
    const lost = { drop: "before-answer" } as const;
    const reference = await create(inputs, disabled, deployment("DISABLED", false), lost, lost, lost);

    expect(reference.deploymentId).toBe(rid);
    expect(account.call.warnings.at(-1)).toMatch(/not known whether the deployment ri\..* was started/);
  });

  it("keeps its id when the answer to the start cannot be read", async () => {
    const garbage = { body: "<p>please wait</p>" };
    const reference = await create(inputs, disabled, deployment("DISABLED", false), garbage);

    expect(reference.deploymentId).toBe(rid);
    expect(account.call.warnings.at(-1)).toMatch(/not known whether the deployment ri\..* was started/);
  });

  it("names it when the answer to the change is lost, since a change may start it", async () => {
    const lost = { drop: "before-answer" } as const;

    await expect(create(inputs, disabled, lost, lost, lost)).rejects.toThrow(
      `it may run and cost money; run \`pulumi up\` again: it looks first, and names the line \`adopt: "${rid}"\` if it runs`,
    );
  });

  it("reports a start that is refused", async () => {
    const refused = failure(403, "PERMISSION_DENIED", "StartLiveDeploymentPermissionDenied", {
      liveDeploymentRid: rid,
    });
    const attempt = create(inputs, disabled, deployment("DISABLED", false), refused);

    await expect(attempt).rejects.toThrow(/StartLiveDeploymentPermissionDenied.*api:models-write/);
  });
});

describe("with enabled: false", () => {
  const off = { ...inputs, enabled: false };

  it("creates, and disables", async () => {
    await create(off, none, starting, noContent);

    expect(account.requests()).toEqual([list, `POST ${path}?preview=true`, `POST ${one}/disable?preview=true`]);
  });

  it("keeps the id when disabling fails, since it runs and costs", async () => {
    const reference = await create(off, none, starting, { status: 403 });

    expect(reference.deploymentId).toBe(rid);
    expect(account.call.warnings).toEqual([expect.stringMatching(/was made, and could not be disabled/)]);
  });
});

describe("when the answer to the creation is lost", () => {
  const lost: [string, ScriptedAnswer][] = [
    ["before it", { drop: "before-answer" }],
    ["in it", { body: deploymentBody("STARTING", false), drop: "in-answer" }],
    ["by a gateway", { status: 504, body: "<html>Gateway Timeout</html>" }],
    ["by an overload, without a body", { status: 503 }],
    ["as it names no rid", { body: {} }],
  ];

  it.each(lost)("%s, goes on with the deployment that is there now", async (_where, answer) => {
    const reference = await create(inputs, none, answer, listOf(deploymentBody("STARTING", false)));

    expect(reference.deploymentId).toBe(rid);
    expect(posts()).toBe(1);
    expect(account.requests().at(-1)).toBe(list);
  });

  it.each(lost)("%s, and none is there, says what may exist and sends nothing again", async (_where, answer) => {
    await expect(create(inputs, none, answer, none)).rejects.toThrow(
      /not known whether a live deployment of branch master .* it may cost money\. Run `pulumi up` again: it looks first/,
    );
    expect(posts()).toBe(1);
  });

  it("and looking fails, says both", async () => {
    const attempt = create(inputs, none, { drop: "before-answer" }, { status: 403 });

    await expect(attempt).rejects.toThrow(/no answer arrived.*looking for it failed, too: .*answered 403/);
  });
});

it("repeats a creation that was throttled, since it was not taken", async () => {
  await create(inputs, none, { status: 429 }, starting);

  expect(posts()).toBe(2);
});

it("keeps the id when the user cancels while the answer is on its way", async () => {
  account = await openFoundry(none, starting);
  const creating = account.connection.adapter.create(inputs, account.call);
  while (posts() === 0) await new Promise((resolve) => setImmediate(resolve));
  account.cancel();

  await expect(creating).resolves.toMatchObject({ deploymentId: rid });
});

it("says that this Foundry has no such API", async () => {
  await expect(create(inputs, noSuchApi)).rejects.toThrow(/answered 404; this Foundry has no live deployment API/);
});

it("says which model is not there", async () => {
  await expect(create(inputs, failure(404, "NOT_FOUND", "ModelNotFound", { modelRid }))).rejects.toThrow(
    `answered 404: NOT_FOUND: modelRid ${modelRid} (ModelNotFound, errorInstanceId 00813215-0844-4716-be7b-a3fe0fce9e42); check modelRid`,
  );
});
