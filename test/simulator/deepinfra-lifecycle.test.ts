import { type Simulator, startSimulator } from "../../simulator";
import { createDeployment, deepinfra, never } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await simulator.close();
});

const request = (method: string, path: string, body?: unknown) => deepinfra(simulator, method, path, body);
const create = (change?: Record<string, unknown>) => createDeployment(simulator, change);
const read = (id: string) => request("GET", `/deploy/${id}`);

describe("the way to readiness", () => {
  it("walks the documented states in equal shares of the time", async () => {
    simulator.configure({ readyAfterMs: 3000 });
    const now = Date.now();
    const clock = jest.spyOn(Date, "now").mockReturnValue(now);
    const id = await create();

    const seen = [];
    for (const elapsed of [0, 999, 1000, 2000, 2999, 3000]) {
      clock.mockReturnValue(now + elapsed);
      seen.push((await read(id)).at("status"));
    }
    expect(seen).toEqual(["initializing", "initializing", "downloading", "deploying", "deploying", "running"]);
  });

  it("can have unknown words in the middle and at the end", async () => {
    simulator.configure({ deepinfra: { startingStatuses: ["warming-up"], readyStatus: "deployed" } });
    const id = await create();
    expect((await read(id)).json).toMatchObject({ status: "deployed", instances: { running: 1 } });

    simulator.configure({ readyAfterMs: never });
    expect((await read(await create({ model_name: "slow" }))).at("status")).toBe("warming-up");
  });

  it.each([
    ["no-capacity", "no-gpu-available"],
    ["failure", "the model's weights could not be loaded"],
  ] as const)("fails after a create that answered 200: %s", async (scenario, reason) => {
    simulator.configure(scenario);
    const { json } = await read(await create());

    expect(json).toMatchObject({ status: "failed", fail_reason: reason, instances: { running: 0, pending: 0 } });
  });

  it("may run fewer instances than the minimum", async () => {
    simulator.configure({ deepinfra: { missingInstances: 1 } });
    const { json } = await read(await create({ settings: { min_instances: 3, max_instances: 3 } }));

    expect(json).toMatchObject({ status: "running", instances: { running: 2, pending: 1 } });
  });
});

describe("scale", () => {
  it("answers the id alone, and resets an omitted field to 1", async () => {
    const id = await create({ settings: { min_instances: 2, max_instances: 4 } });

    const answer = await request("PUT", `/deploy/${id}`, { settings: { max_instances: 3 } });
    expect(answer).toMatchObject({ status: 200, json: { deploy_id: id } });
    expect(Object.keys(answer.json as object)).toEqual(["deploy_id"]);
    expect((await read(id)).at("settings")).toEqual({ min_instances: 1, max_instances: 3 });
  });

  it("accepts a minimum of none", async () => {
    const id = await create();
    await request("PUT", `/deploy/${id}`, { settings: { min_instances: 0, max_instances: 1 } });

    expect((await read(id)).json).toMatchObject({ status: "running", instances: { running: 0, pending: 0 } });
  });

  it("refuses what cannot be changed", async () => {
    const id = await create();

    expect((await request("PUT", `/deploy/${id}`, {})).status).toBe(422);
    expect((await request("PUT", `/deploy/${id}`, { settings: {}, gpu: "A100-80GB" })).status).toBe(422);
    expect(simulator.violations()).toEqual([`PUT /deploy/${id}: gpu: Extra inputs are not permitted`]);
    await request("DELETE", `/deploy/${id}`);
    expect((await request("PUT", `/deploy/${id}`, { settings: {} })).status).toBe(400);
    expect((await request("PUT", "/deploy/unknown", { settings: {} })).status).toBe(404);
  });

  it("may refuse a change before it runs", async () => {
    simulator.configure({ readyAfterMs: never, deepinfra: { earlyUpdate: "refuse" } });
    const id = await create();

    expect((await request("PUT", `/deploy/${id}`, { settings: {} })).status).toBe(400);
    simulator.configure({ deepinfra: { earlyUpdate: "accept" } });
    expect((await request("PUT", `/deploy/${id}`, { settings: {} })).status).toBe(200);
  });

  it("may take a while, during which other changes get 409", async () => {
    simulator.configure({ deepinfra: { updatingMs: never } });
    const id = await create();
    await request("PUT", `/deploy/${id}`, { settings: { min_instances: 1, max_instances: 2 } });

    expect((await read(id)).at("status")).toBe("updating");
    expect((await request("PUT", `/deploy/${id}`, { settings: {} })).status).toBe(409);
    expect((await request("POST", `/deploy/${id}/stop`)).status).toBe(409);
    expect((await request("DELETE", `/deploy/${id}`)).status).toBe(409);
  });

  it("may be reverted by the platform", async () => {
    simulator.configure({ deepinfra: { updateError: "engine crash-loop", newerApi: true } });
    const id = await create();
    await request("PUT", `/deploy/${id}`, { settings: { min_instances: 1, max_instances: 2 } });

    expect((await read(id)).json).toMatchObject({
      status: "running",
      settings: { max_instances: 1 },
      update_error: "engine crash-loop",
    });
  });
});

describe("stop and start", () => {
  it("stops what runs and starts what is stopped", async () => {
    const id = await create();

    expect((await request("POST", `/deploy/${id}/start`)).status).toBe(400);
    expect((await request("POST", `/deploy/${id}/stop`)).json).toEqual({ deploy_id: id });
    expect((await read(id)).json).toMatchObject({ status: "stopped", instances: { running: 0, pending: 0 } });
    expect((await request("POST", `/deploy/${id}/stop`)).status).toBe(400);
    expect((await request("POST", `/deploy/${id}/start`)).json).toEqual({ deploy_id: id });
    expect((await read(id)).at("status")).toBe("running");
    expect(simulator.deployments()).toMatchObject([{ id, starts: 2 }]);
    expect((await request("POST", "/deploy/unknown/stop")).status).toBe(404);
  });

  it("records a body as a violation", async () => {
    const id = await create();
    await request("POST", `/deploy/${id}/stop`, {});

    expect(simulator.violations()).toHaveLength(1);
  });
});

describe("delete", () => {
  it("leaves a row that stays readable, and can be repeated", async () => {
    const id = await create();

    expect((await request("DELETE", `/deploy/${id}`)).json).toEqual({ deploy_id: id });
    expect((await read(id)).at("status")).toBe("deleted");
    expect((await request("DELETE", `/deploy/${id}`)).status).toBe(200);
    expect((await request("DELETE", "/deploy/unknown")).status).toBe(404);
    expect(simulator.deployments()).toMatchObject([{ id, removed: true, status: "deleted" }]);
  });

  it("may take a while", async () => {
    simulator.configure({ removedAfterMs: never });
    const id = await create();
    await request("DELETE", `/deploy/${id}`);

    expect((await read(id)).at("status")).toBe("running");
  });

  it("may forget the row", async () => {
    simulator.configure({ deepinfra: { forgetDeletedAfterMs: 0, legacyRows: false } });
    const id = await create();
    await request("DELETE", `/deploy/${id}`);

    expect((await read(id)).status).toBe(404);
    expect((await request("GET", "/deploy/list")).json).toEqual([]);
    expect(simulator.deployments()).toMatchObject([{ id, removed: true }]);
  });
});

describe("changes from outside", () => {
  const act = (id: string, action: string, values = {}) =>
    simulator.act({ platform: "deepinfra", id, action, ...values });

  it("stops, starts, deletes, by id or by full name", async () => {
    const id = await create();
    act(id, "stop");
    expect((await read(id)).at("status")).toBe("stopped");
    act("simulated/llama", "start");
    expect((await read(id)).at("status")).toBe("running");
    act(id, "delete");
    expect((await read(id)).at("status")).toBe("deleted");
  });

  it("scales within the bounds, or changes the bounds", async () => {
    const id = await create({ settings: { min_instances: 1, max_instances: 4 } });
    act(id, "scale", { running: 3 });
    expect((await read(id)).json).toMatchObject({
      instances: { running: 3, pending: 0 },
      settings: { min_instances: 1 },
    });
    act(id, "configure", { maxInstances: 2 });
    expect((await read(id)).json).toMatchObject({
      instances: { running: 2 },
      settings: { min_instances: 1, max_instances: 2 },
    });
  });

  it("fails, shows any word, and finishes", async () => {
    simulator.configure({ readyAfterMs: never });
    const id = await create();
    act(id, "fail", { reason: "out of memory" });
    expect((await read(id)).json).toMatchObject({ status: "failed", fail_reason: "out of memory" });
    act(id, "status", { status: "migrating" });
    expect((await read(id)).json).toMatchObject({ status: "migrating", fail_reason: "" });
    act(id, "finish");
    expect((await read(id)).at("status")).toBe("running");
  });

  it("refuses values that make no sense", async () => {
    const id = await create();

    expect(() => act(id, "scale")).toThrow(/running/);
    expect(() => act(id, "scale", { running: -1 })).toThrow(/running/);
  });
});
