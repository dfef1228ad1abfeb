import fc from "fast-check";
import { liveDeployment } from "../../../provider/platforms/foundry/schema";
import { toSnapshot } from "../../../provider/platforms/foundry/status";
import type { ScriptedAccount } from "../../support/scripted-account";
import type { ScriptedAnswer } from "../../support/scripted-server";
import {
  deployment,
  deploymentBody,
  failure,
  inputs,
  modelRid,
  modelVersionRid,
  noContent,
  noSuchApi,
  notFound,
  one,
  openFoundry,
  rid,
} from "./fixtures/documented";

function snapshotOf(body: unknown) {
  return toSnapshot(liveDeployment.parse(body), "https://foundry.example.com");
}

describe("states", () => {
  const table: [state: string, isReady: boolean, minReplicas: number, phase: string, confirmSeconds?: number][] = [
    ["ACTIVE", true, 1, "ready"],
    ["ACTIVE", true, 0, "ready"],
    ["ACTIVE", false, 1, "pending"],
    ["ACTIVE", false, 0, "ready", 30],
    ["STARTING", false, 0, "pending"],
    ["STARTING", true, 1, "pending"],
    ["DEGRADED", true, 1, "degraded"],
    ["DISABLED", false, 1, "stopped"],
    ["FAILED", false, 1, "failed", 60],
    ["active", true, 1, "pending"],
    ["UPGRADING", true, 1, "pending"],
    ["", true, 1, "pending"],
  ];

  it.each(table)("%s, ready %p, at least %i replicas", (...[state, isReady, minReplicas, phase, confirmSeconds]) => {
    const snapshot = snapshotOf(deploymentBody(state, isReady, { minReplicas }));

    expect(snapshot).toMatchObject({ phase, platformStatus: state });
    expect(snapshot.confirmSeconds).toBe(confirmSeconds);
  });

  it("are mapped whatever the answer is, and an unknown word is pending", () => {
    const known = ["ACTIVE", "STARTING", "DEGRADED", "DISABLED", "FAILED"];
    const body = fc.record(
      {
        rid: fc.constant(rid),
        status: fc.oneof(
          fc.jsonValue(),
          fc.record({ state: fc.oneof(fc.string(), fc.constantFrom(...known)), isReady: fc.jsonValue() }),
        ),
        runtimeConfiguration: fc.jsonValue(),
        modelVersion: fc.jsonValue(),
        branch: fc.jsonValue(),
      },
      { requiredKeys: ["rid"] },
    );
    fc.assert(
      fc.property(body, (given) => {
        const snapshot = snapshotOf(given);
        expect(["pending", "ready", "degraded", "stopped", "failed"]).toContain(snapshot.phase);
        if (!known.includes(snapshot.platformStatus)) expect(snapshot.phase).toBe("pending");
      }),
    );
  });
});

describe("the snapshot", () => {
  it("holds what Foundry reports, with empty lists where it reports none", () => {
    expect(snapshotOf(deploymentBody("ACTIVE", true))).toEqual({
      phase: "ready",
      platformStatus: "ACTIVE",
      endpoint: `https://foundry.example.com${one}/transformJson?preview=true`,
      details: { modelVersionRid },
      configuration: { runtimeConfiguration: { ...inputs.runtimeConfiguration, sources: [] }, enabled: true },
      immutable: { modelRid, branch: "master" },
    });
  });

  it("is disabled only by its state, and leaves open what a new word means", () => {
    expect(snapshotOf(deploymentBody("DISABLED", false)).configuration).toMatchObject({ enabled: false });
    expect(snapshotOf(deploymentBody("FAILED", false)).configuration).toMatchObject({ enabled: true });
    expect(snapshotOf(deploymentBody("UPGRADING", true)).configuration).not.toHaveProperty("enabled");
  });

  it("takes nulls for absent", () => {
    const body = { ...deploymentBody("ACTIVE", true, { gpu: null, sources: null }), branch: null };

    expect(snapshotOf(body).configuration?.runtimeConfiguration).toMatchObject({ sources: [] });
    expect(snapshotOf(body).configuration?.runtimeConfiguration).not.toHaveProperty("gpu");
    expect(snapshotOf(body).immutable).toEqual({ modelRid });
  });
});

let account: ScriptedAccount | undefined;

afterEach(async () => {
  await account?.close();
  account = undefined;
});

async function observe(...answers: ScriptedAnswer[]) {
  account = await openFoundry(...answers);
  return account.connection.adapter.observe({ deploymentId: rid, details: {} }, inputs, account.call);
}

async function remove(...answers: ScriptedAnswer[]) {
  account = await openFoundry(...answers);
  return account.connection.adapter.delete({ deploymentId: rid, details: {} }, account.call);
}

describe("observe", () => {
  it("asks once, with preview=true", async () => {
    await observe(deployment("ACTIVE", true));

    expect(account?.requests()).toEqual([`GET ${one}?preview=true`]);
  });

  it("finds nothing when Foundry says that the deployment is gone", async () => {
    expect(await observe(notFound)).toEqual({ phase: "gone", platformStatus: "", details: {} });
  });

  it.each([
    ["an empty body, as where the API does not exist", noSuchApi, /this Foundry has no live deployment API/],
    ["a page of a proxy", { status: 404, body: "<html>Not Found</html>" }, /Not Found; this Foundry has no live/],
    ["another error's name", failure(404, "NOT_FOUND", "Default:NotFound"), /Default:NotFound/],
  ])("does not take a 404 with %s for that", async (_what, answer, message) => {
    await expect(observe(answer)).rejects.toThrow(message);
  });

  it("tells about deployments of another kind", async () => {
    await expect(observe(failure(400, "INVALID_ARGUMENT", "UnsupportedLiveDeployment"))).rejects.toThrow(
      /only direct deployments of a model are supported/,
    );
  });

  it("bears a busy Foundry", async () => {
    const snapshot = await observe({ status: 503 }, { status: 429 }, deployment("ACTIVE", true));

    expect(snapshot.phase).toBe("ready");
  });

  it("says where a token that is refused came from", async () => {
    await expect(observe(failure(401, "UNAUTHORIZED", "Default:Unauthorized"))).rejects.toThrow(
      /answered 401: UNAUTHORIZED \(Default:Unauthorized, errorInstanceId .*\); the credentials came from the stack's config inference:foundryToken/,
    );
  });
});

describe("delete", () => {
  it("disables, and never deletes", async () => {
    await remove(noContent);

    expect(account?.requests()).toEqual([`POST ${one}/disable?preview=true`]);
    expect(account?.server.received[0]?.body).toBeUndefined();
  });

  it("is content when it is gone", async () => {
    await expect(remove(notFound)).resolves.toMatchObject({ deploymentId: rid });
  });

  it("is content when Foundry refuses as it is disabled already", async () => {
    await remove(failure(409, "CONFLICT", "SomethingUndocumented"), deployment("DISABLED", false));

    expect(account?.requests().at(-1)).toBe(`GET ${one}?preview=true`);
  });

  it("reports a refusal while it runs", async () => {
    const refusal = failure(409, "CONFLICT", "SomethingUndocumented");

    await expect(remove(refusal, deployment("ACTIVE", true))).rejects.toThrow(/SomethingUndocumented/);
  });

  it("does not drop a deployment of a Foundry without the API", async () => {
    await expect(remove(noSuchApi, noSuchApi)).rejects.toThrow(/no live deployment API/);
  });

  it("reports a missing permission", async () => {
    const refusal = failure(403, "PERMISSION_DENIED", "DisableLiveDeploymentPermissionDenied", {
      liveDeploymentRid: rid,
    });

    await expect(remove(refusal)).rejects.toThrow(/DisableLiveDeploymentPermissionDenied.*api:models-write/);
  });
});
