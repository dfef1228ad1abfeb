import type { Listing } from "../../../provider/platform";
import type { ScriptedAnswer } from "../../support/scripted-server";
import { deployments, openAccount, reference, token } from "./account";

const prices: ScriptedAnswer = {
  body: {
    gpus: [
      { gpu_config: "1xH100-80GB", usd_per_hour: 2.2, available: true, recommended: false },
      { gpu_config: "2xH100-80GB", usd_per_hour: 4.4, available: false },
    ],
  },
};

const { running, initializing, noGpu, deleted, legacy } = deployments;

async function list(rows: unknown[], ...more: ScriptedAnswer[]): Promise<{ listed: Listing[]; requests: string[] }> {
  const account = await openAccount({ body: rows }, ...more);
  try {
    const listed = (await account.connection.adapter.list?.([], account.call)) ?? [];
    expect(JSON.stringify(listed)).not.toContain(token);
    return { listed, requests: account.requests() };
  } finally {
    await account.close();
  }
}

it("lists the deployments that are not gone, with hardware and price", async () => {
  const { listed, requests } = await list([deleted, running, legacy], prices);

  expect(requests).toEqual(["GET /deploy/list", "GET /deploy/llm/gpu_availability"]);
  expect(listed).toEqual([
    {
      reference,
      name: "acme/support-7b",
      phase: "ready",
      platformStatus: "running",
      createdAt: new Date("2026-03-12T10:00:00Z"),
      replicas: { running: 1, pending: 0 },
      hardware: "1 × H100-80GB, 1 to 2 instances",
      usdPerHour: 2.2,
    },
  ]);
});

it("asks for no prices when there is nothing to charge for", async () => {
  expect(await list([deleted, legacy])).toEqual({ listed: [], requests: ["GET /deploy/list"] });
});

it("leaves out what rents nothing: references without a type, and adapters", async () => {
  const { type: _type, ...untyped } = running;
  const { type: _legacy, ...reference } = legacy;
  const { listed } = await list(
    [{ ...running, type: "lora" }, reference, { ...untyped, deploy_id: "Untyped" }],
    prices,
  );

  expect(listed.map(({ reference: { deploymentId } }) => deploymentId)).toEqual(["Untyped"]);
});

const two = { gpu: "H100-80GB", num_gpus: 2 };

it.each<[string, object, number | undefined]>([
  ["by the price of an instance", { config: two, instances: { running: 3, pending: 0 } }, 13.2],
  ["with the instances that are on their way", { ...initializing, config: two }, 4.4],
  ["by the minimum where no instances are told", { config: two, instances: null }, 4.4],
  ["with nothing while it is stopped", { status: "stopped", instances: { running: 0, pending: 1 } }, 0],
  ["with nothing when it has failed", noGpu, 0],
  ["with nothing when it is scaled to none", { instances: { running: 0, pending: 0 } }, 0],
  ["not, for a GPU without a price", { config: { gpu: "L4-24GB", num_gpus: 1 } }, undefined],
  ["not, for hardware that is not told", { config: null }, undefined],
])("charges %s", async (_name, changes, expected) => {
  const { listed } = await list([{ ...running, ...changes }], prices);

  expect(listed[0]?.usdPerHour).toBe(expected);
});

it.each<[string, ScriptedAnswer[]]>([
  ["are refused", [{ status: 404, body: { error: "no such route" } }]],
  ["cannot be read", [{ body: { gpus: "none" } }]],
  ["never arrive", [{ status: 503 }, { status: 503 }, { status: 503 }]],
])("lists without prices when they %s", async (_name, answers) => {
  const { listed } = await list([running], ...answers);

  expect(listed).toMatchObject([{ reference, hardware: "1 × H100-80GB, 1 to 2 instances" }]);
  expect(listed[0]).not.toHaveProperty("usdPerHour");
});

it.each([
  ["2026-03-12T10:00:00", "2026-03-12T10:00:00.000Z"],
  ["2026-03-12T12:00:00+02:00", "2026-03-12T10:00:00.000Z"],
  ["2026-03-12T10:00:00Z", "2026-03-12T10:00:00.000Z"],
  ["yesterday", undefined],
  [null, undefined],
])("takes %s for the time %s", async (created_at, expected) => {
  const { listed } = await list([{ ...running, created_at }], prices);

  expect(listed[0]?.createdAt?.toISOString()).toBe(expected);
});
