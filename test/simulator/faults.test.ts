import { type Fault, type Simulator, startSimulator } from "../../simulator";
import { createBody, deepinfra, kore } from "./calls";

let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ readyAfterMs: 0 });
});

afterEach(() => simulator.close());

const create = () => deepinfra(simulator, "POST", "/deploy/llm", createBody);

describe("the platform does nothing", () => {
  it("answers a status in the platform's shape", async () => {
    simulator.fault({ kind: "status", status: 503 });

    expect(await create()).toMatchObject({ status: 503, json: { error: "injected by the simulator (503)" } });
    expect(simulator.deployments()).toEqual([]);
    expect(simulator.requests()[0]).toMatchObject({ status: 503, fault: "status" });
  });

  it("answers a status with a given body and given headers", async () => {
    simulator.fault({ kind: "status", status: 429, headers: { "retry-after": "7" }, body: { slow: "down" } });
    simulator.fault({ kind: "status", status: 502, body: "<h1>Bad gateway</h1>" });

    const [limited, gateway] = [await create(), await create()];
    expect(limited).toMatchObject({ status: 429, json: { slow: "down" } });
    expect(limited.headers.get("retry-after")).toBe("7");
    expect(gateway).toMatchObject({ status: 502, text: "<h1>Bad gateway</h1>" });
  });

  it("drops the connection", async () => {
    simulator.fault({ kind: "reset" });

    await expect(create()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(simulator.deployments()).toEqual([]);
    expect(simulator.requests()[0]?.status).toBeUndefined();
  });

  it("hangs until the simulator is closed", async () => {
    simulator.fault({ kind: "hang" });
    const received = new Promise<void>((resolve) => simulator.subscribe(() => resolve()));
    const hanging = create();
    const failure = expect(hanging).rejects.toThrow("fetch failed");
    await received;
    await simulator.close();

    await failure;
    expect(simulator.deployments()).toEqual([]);
  });
});

describe("the platform acts", () => {
  it("and a gateway answers in its place", async () => {
    simulator.fault({ kind: "status", status: 502, acts: true });

    expect(await create()).toMatchObject({ status: 502 });
    expect(simulator.deployments()).toHaveLength(1);
    expect(simulator.requests()[0]).toMatchObject({ status: 502, fault: "status" });
  });

  it("and answers when the test says so", async () => {
    let release = (): void => undefined;
    simulator.fault({ kind: "delay", until: new Promise<void>((resolve) => (release = resolve)) });
    const received = new Promise<void>((resolve) => simulator.subscribe(() => resolve()));
    const answer = create();
    await received;
    expect(simulator.deployments()).toEqual([]);
    release();

    expect(await answer).toMatchObject({ status: 200 });
  });

  it.each<[Fault["kind"], RegExp]>([
    ["lost-answer", /fetch failed/],
    ["cut-answer", /terminated/],
  ])("and the answer is lost: %s", async (kind, message) => {
    simulator.fault({ kind });

    await expect(create()).rejects.toThrow(message);
    expect(simulator.deployments()).toMatchObject([{ name: "simulated/llama", starts: 1 }]);
    expect(simulator.requests()[0]).toMatchObject({ fault: kind, status: 200 });
  });

  it("and answers garbage", async () => {
    simulator.fault({ kind: "garbage" });

    const answer = await create();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html");
    expect(answer.json).toBeUndefined();
    expect(simulator.deployments()).toHaveLength(1);
  });

  it("and answers later", async () => {
    simulator.fault({ kind: "delay", delayMs: 30 });

    const before = performance.now();
    expect((await create()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });
});

describe("which requests are struck", () => {
  it("strikes once by default, or as often as asked", async () => {
    simulator.fault({ kind: "status", status: 500, times: 2 });
    simulator.fault({ kind: "status", status: 501 });

    const statuses = [];
    for (let index = 0; index < 4; index++) statuses.push((await deepinfra(simulator, "GET", "/v1/me")).status);
    expect(statuses).toEqual([500, 500, 501, 200]);
  });

  it("lets some through first", async () => {
    simulator.fault({ kind: "status", skip: 2 });

    const statuses = [];
    for (let index = 0; index < 4; index++) statuses.push((await deepinfra(simulator, "GET", "/v1/me")).status);
    expect(statuses).toEqual([200, 200, 500, 200]);
  });

  it("matches platform, method and path", async () => {
    simulator.fault({ kind: "status", platform: "deepinfra", method: "get", path: "^/deploy/[^/]+$" });

    expect((await kore(simulator, "GET", "/api/public/dock-status/x")).status).toBe(404);
    expect((await create()).status).toBe(200);
    expect((await deepinfra(simulator, "GET", "/v1/me")).status).toBe(200);
    expect((await deepinfra(simulator, "GET", "/deploy/list")).status).toBe(500);
    expect((await deepinfra(simulator, "GET", "/deploy/list")).status).toBe(200);
  });

  it.each([
    [{ kind: "explode" }, /kind/],
    [{ kind: "status", path: "(" }, /not a regular expression/],
    [{ kind: "status", tmes: 2 }, /"tmes"/],
  ])("refuses %j", (fault, message) => {
    expect(() => simulator.fault(fault as Fault)).toThrow(message);
  });
});
