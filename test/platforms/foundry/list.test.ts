import type { Listing } from "../../../provider/platform";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { deploymentBody, failure, listOf, modelRid, openFoundry, rid } from "./fixtures/documented";

async function list(
  models: string[],
  ...answers: ScriptedAnswer[]
): Promise<{ listed: Listing[]; requests: string[] }> {
  const account = await openFoundry(...answers);
  try {
    const listed = (await account.connection.adapter.list?.(models, account.call)) ?? [];
    return { listed, requests: account.requests() };
  } finally {
    await account.close();
  }
}

it("lists the deployments of each model, and each model once", async () => {
  const second = { ...deploymentBody("DISABLED", false), rid: `${rid}-2`, branch: "next" };
  const { listed, requests } = await list(
    [modelRid, "ri.models.main.model.other", modelRid],
    listOf(deploymentBody("ACTIVE", true), second),
    listOf(),
  );

  expect(requests).toEqual([
    `GET /api/v2/models/liveDeployments?modelRid=${modelRid}&preview=true`,
    "GET /api/v2/models/liveDeployments?modelRid=ri.models.main.model.other&preview=true",
  ]);
  expect(listed).toEqual([
    {
      reference: { deploymentId: rid, details: {} },
      name: `${modelRid} master`,
      phase: "ready",
      platformStatus: "ACTIVE",
      hardware: "1 × A100, 0 to 3 replicas",
    },
    {
      reference: { deploymentId: `${rid}-2`, details: {} },
      name: `${modelRid} next`,
      phase: "stopped",
      platformStatus: "DISABLED",
      hardware: "1 × A100, 0 to 3 replicas",
    },
  ]);
});

it("asks nothing without a model", async () => {
  expect(await list([])).toEqual({ listed: [], requests: [] });
});

it("lists what tells only its RID", async () => {
  const { listed } = await list([modelRid], listOf({ rid }));

  expect(listed).toEqual([
    { reference: { deploymentId: rid, details: {} }, name: "", phase: "pending", platformStatus: "" },
  ]);
});

it.each([
  [{ gpu: { count: 2 }, minReplicas: 1, maxReplicas: 1 }, "2 × GPU, 1 replica"],
  [{ gpu: null, cpu: 0.5 }, "0.5 CPU, 0 to 3 replicas"],
])("names the hardware of %j", async (runtime, expected) => {
  const { listed } = await list([modelRid], listOf(deploymentBody("ACTIVE", true, runtime)));

  expect(listed[0]?.hardware).toBe(expected);
});

it("fails with Foundry's words for a model that it does not show", async () => {
  const attempt = list([modelRid], failure(404, "NOT_FOUND", "ModelNotFound", { modelRid }));

  await expect(attempt).rejects.toThrow(/ModelNotFound/);
});
