import type { FoundryInputs, FoundryRuntimeConfiguration } from "../../../provider/platforms/foundry";
import { liveDeployment } from "../../../provider/platforms/foundry/schema";
import { toSnapshot } from "../../../provider/platforms/foundry/status";
import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import {
  deployment,
  deploymentBody,
  failure,
  inputs,
  noContent,
  one,
  openFoundry,
  rid,
  source,
  sourcesWhileRunning,
} from "./fixtures/documented";

let account: ScriptedAccount;

interface Given {
  from?: Partial<FoundryRuntimeConfiguration>;
  to?: Partial<FoundryRuntimeConfiguration>;
  enabled?: boolean;
  /** What Foundry has, beside the documented example. */
  live?: object;
  state?: string;
}

function withRuntime(change: Partial<FoundryRuntimeConfiguration> = {}, enabled?: boolean): FoundryInputs {
  const runtimeConfiguration = { ...inputs.runtimeConfiguration, ...change };
  return { ...inputs, runtimeConfiguration, ...(enabled === undefined ? {} : { enabled }) };
}

async function update({ from, to, enabled, live, state = "ACTIVE" }: Given, ...answers: ScriptedAnswer[]) {
  account = await openFoundry(...answers);
  const snapshot = toSnapshot(liveDeployment.parse(deploymentBody(state, state === "ACTIVE", live)), "");
  const change = { from: withRuntime(from), to: withRuntime(to, enabled), live: snapshot };
  return account.connection.adapter.update({ deploymentId: rid, details: {} }, change, account.call);
}

afterEach(() => account.close());

const [put, disable, start] = [
  `PUT ${one}?preview=true`,
  `POST ${one}/disable?preview=true`,
  `POST ${one}/start?preview=true`,
];
const active = deployment("ACTIVE", true);
const disabled = deployment("DISABLED", false);

it("puts the whole configuration when the program changes a part", async () => {
  await update({ to: { maxReplicas: 5 } }, active);

  expect(account.requests()).toEqual([put]);
  expect(account.server.received[0]?.body).toEqual({
    runtimeConfiguration: { ...inputs.runtimeConfiguration, maxReplicas: 5, sources: [] },
  });
});

it("puts it when somebody else has changed a value of the program", async () => {
  await update({ live: { maxReplicas: 9 } }, active);

  expect(account.requests()).toEqual([put]);
});

it.each([
  ["memory", { memory: "1024MiB" }],
  [
    "durations",
    {
      scalingConfiguration: {
        ...inputs.runtimeConfiguration.scalingConfiguration,
        scaleUpDelay: { value: 1, unit: "MINUTES" },
      },
    },
  ],
  ["the default of the threads", { threadCount: undefined }],
  ["fields that the program does not give", { priority: "high" }],
])("sends nothing for another spelling of %s", async (_what, live) => {
  await update({ live });

  expect(account.requests()).toEqual([]);
});

it("puts it when a variable was added or removed outside", async () => {
  await update({ live: { environmentVariables: { LOG_LEVEL: "INFO", EXTRA: "1" } } }, active);

  expect(account.requests()).toEqual([put]);
});

it("goes by what the state holds when Foundry reports no configuration", async () => {
  await update({ from: { cpu: 2 }, live: { runtimeConfiguration: undefined } }, active);

  expect(account.requests()).toEqual([put]);
});

describe("for other sources", () => {
  it("disables, waits until it is disabled, changes, and starts", async () => {
    await update({ to: { sources: [source] } }, noContent, disabled, noContent);

    expect(account.requests()).toEqual([disable, put, start]);
    expect(account.call.waits).toMatchObject([
      { reference: { deploymentId: rid }, phases: ["stopped"], afterRequests: 1 },
    ]);
    expect(account.server.received[1]?.body).toMatchObject({ runtimeConfiguration: { sources: [source] } });
  });

  it("does the same when they were added outside and the program gives none", async () => {
    await update({ live: { sources: [source] } }, noContent, disabled, noContent);

    expect(account.requests()).toEqual([disable, put, start]);
    expect(account.server.received[1]?.body).toMatchObject({ runtimeConfiguration: { sources: [] } });
  });

  it("needs no stop for another order", async () => {
    await update({ to: { sources: ["a", "b"], maxReplicas: 4 }, live: { sources: ["b", "a"] } }, active);

    expect(account.requests()).toEqual([put]);
  });

  it("needs no stop when it is disabled already", async () => {
    await update({ to: { sources: [source] }, state: "DISABLED" }, disabled, noContent);

    expect(account.requests()).toEqual([put, start]);
    expect(account.call.waits).toEqual([]);
  });

  it("starts it again as it was when the change is refused", async () => {
    const refused = failure(400, "INVALID_ARGUMENT", "DeploymentSourceNotImportedIntoProject", {
      sourceRid: source,
      projectRid: "ri.compass.main.folder.1",
    });
    const attempt = update({ to: { sources: [source] } }, noContent, refused, noContent);

    await expect(attempt).rejects.toThrow(
      /import the source .* into the project ri\.compass\.main\.folder\.1; it was disabled for the change, and is started again as it was/,
    );
    expect(account.requests()).toEqual([disable, put, start]);
  });

  it("says that it is still disabled when it cannot be started again", async () => {
    const attempt = update({ to: { sources: [source] } }, noContent, sourcesWhileRunning, { status: 403 });

    await expect(attempt).rejects.toThrow(/is still: run `pulumi up` again/);
  });
});

describe("switched off and on", () => {
  it("disables", async () => {
    await update({ enabled: false }, noContent);

    expect(account.requests()).toEqual([disable]);
    expect(account.server.received[0]?.body).toBeUndefined();
    expect(account.server.received[0]?.headers).not.toHaveProperty("content-type");
  });

  it("starts what is disabled and should run", async () => {
    await update({ state: "DISABLED" }, noContent);

    expect(account.requests()).toEqual([start]);
  });

  it("changes it disabled, and leaves it so", async () => {
    await update({ enabled: false, to: { maxReplicas: 5 }, state: "DISABLED" }, disabled);

    expect(account.requests()).toEqual([put]);
  });

  it("disables it again when a change has started it", async () => {
    await update(
      { enabled: false, to: { maxReplicas: 5 }, state: "DISABLED" },
      deployment("STARTING", false),
      noContent,
    );

    expect(account.requests()).toEqual([put, disable]);
  });

  it("disables before it changes", async () => {
    await update({ enabled: false, to: { maxReplicas: 5 } }, noContent, disabled);

    expect(account.requests()).toEqual([disable, put]);
  });

  it("repeats a start and a stop whose answer was lost", async () => {
    await update({ state: "DISABLED" }, { drop: "before-answer" }, noContent);

    expect(account.requests()).toEqual([start, start]);
  });
});
