import { type Scenario, type Simulator, startSimulator } from "../../simulator";
import { seededRandom } from "../../simulator/random";
import { stateAt } from "../../simulator/timeline";
import { createBody, deepinfra, deployBody, kore, never } from "./calls";

let simulator: Simulator | undefined;

afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

async function start(scenario: Parameters<typeof startSimulator>[0]): Promise<Simulator> {
  simulator = await startSimulator(scenario);
  return simulator;
}

async function statusAfterCreate(running: Simulator, name: string): Promise<unknown> {
  const { json } = await deepinfra(running, "POST", "/deploy/llm", { ...createBody, model_name: name });
  const { deploy_id: id } = json as { deploy_id: string };
  return (await deepinfra(running, "GET", `/deploy/${id}`)).at("status");
}

describe("how deployments fare", () => {
  it("is decided when they start", async () => {
    const running = await start({ readyAfterMs: never });
    const first = await deepinfra(running, "POST", "/deploy/llm", createBody);
    running.configure({ readyAfterMs: 0 });

    expect(await statusAfterCreate(running, "second")).toBe("running");
    expect((await deepinfra(running, "GET", `/deploy/${String(first.at("deploy_id"))}`)).at("status")).toBe(
      "initializing",
    );
  });

  it("differs by name, short or full", async () => {
    const running = await start({
      readyAfterMs: 0,
      scenario: { byName: { slow: { readyAfterMs: never }, "simulated/bad": { outcome: "failure" } } },
    });

    expect(await statusAfterCreate(running, "slow")).toBe("initializing");
    expect(await statusAfterCreate(running, "bad")).toBe("failed");
    expect(await statusAfterCreate(running, "good")).toBe("running");
  });

  it("differs by a function, which sees platform and name", async () => {
    const seen: unknown[] = [];
    const running = await start({
      readyAfterMs: 0,
      scenario: {
        behaviourOf: (deployment) => {
          seen.push(deployment);
          return { outcome: "no-capacity" };
        },
      },
    });

    expect(await statusAfterCreate(running, "any")).toBe("failed");
    expect(seen).toEqual([{ platform: "deepinfra", name: "simulated/any" }]);
  });
});

describe("changes of the scenario", () => {
  it("takes over the given parts and keeps the others", async () => {
    const running = await start({ readyAfterMs: 0, scenario: { deepinfra: { displayName: "acme", strict: false } } });
    running.configure({ deepinfra: { displayName: "other" }, byName: { x: { outcome: "failure" } } });
    running.configure({ byName: { y: { outcome: "failure" } } });

    expect((await deepinfra(running, "GET", "/v1/me")).at("display_name")).toBe("other");
    expect(await statusAfterCreate(running, "x")).toBe("failed");
    expect((await deepinfra(running, "POST", "/deploy/llm", { ...createBody, extra: 1 })).status).toBe(200);
  });

  it("starts over from a named scenario, on top of the time given at the start", async () => {
    const running = await start({ readyAfterMs: 0, scenario: "failure" });
    expect(await statusAfterCreate(running, "a")).toBe("failed");
    running.configure("default");
    expect(await statusAfterCreate(running, "b")).toBe("running");
    running.configure({ extends: "slow-start" });
    expect(await statusAfterCreate(running, "c")).toBe("initializing");
    running.reset();
    expect(await statusAfterCreate(running, "d")).toBe("failed");
  });

  it.each<[unknown, RegExp]>([
    ["slow", /no scenario "slow"; there are default, slow-start/],
    [{ extends: "slow" }, /extends/],
    [{ reddyAfterMs: 1 }, /"reddyAfterMs"/],
    [{ deepinfra: { displayname: "x" } }, /"displayname"/],
    [{ throttling: { share: 2 } }, /throttling.share/],
    [{ byName: { x: { outcome: "explode" } } }, /byName.x.outcome/],
    [{ behaviourOf: 1 }, /must be a function/],
    [7, /expected object/],
  ])("refuses %j", async (scenario, message) => {
    await expect(startSimulator({ scenario: scenario as Scenario })).rejects.toThrow(message);
  });
});

describe("what is left to chance", () => {
  async function statuses(scenario: Parameters<typeof startSimulator>[0], count: number): Promise<number[]> {
    const running = await startSimulator(scenario);
    const found = [];
    for (let index = 0; index < count; index++) found.push((await deepinfra(running, "GET", "/v1/me")).status);
    await running.close();
    return found;
  }

  it("is repeatable by the seed", async () => {
    const first = await statuses({ scenario: { extends: "throttling", seed: 5 } }, 30);

    expect(await statuses({ scenario: { extends: "throttling", seed: 5 } }, 30)).toEqual(first);
    expect(await statuses({ scenario: { extends: "throttling", seed: 6 } }, 30)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 429]));
  });

  it("starts over with a reset", async () => {
    const running = await start({ scenario: "flaky" });
    const round = async (): Promise<number[]> => {
      running.reset();
      const found = [];
      for (let index = 0; index < 10; index++) found.push((await deepinfra(running, "GET", "/v1/me")).status);
      return found;
    };

    const first = await round();
    expect(first).toContain(503);
    expect(await round()).toEqual(first);
  });

  it("throttles with Retry-After", async () => {
    const running = await start({ scenario: { throttling: { share: 1, retryAfterSeconds: 3 } } });

    const answer = await deepinfra(running, "GET", "/v1/me");
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("3");
  });

  it("throttles what comes beyond the rate of an account", async () => {
    const running = await start({ scenario: { throttling: { requestsPerSecond: 1, retryAfterSeconds: 2 } } });
    let answer = await deepinfra(running, "GET", "/v1/me");
    // The second one in a second, on a machine of any speed.
    while (answer.status === 200) answer = await deepinfra(running, "GET", "/v1/me");

    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("2");
    running.configure({ throttling: {} });
    expect((await deepinfra(running, "GET", "/v1/me")).status).toBe(200);
  });

  it("loses the answers of changes alone", async () => {
    const running = await start({ scenario: { lostAnswers: { share: 1 } } });

    expect((await deepinfra(running, "GET", "/v1/me")).status).toBe(200);
    await expect(deepinfra(running, "POST", "/deploy/llm", createBody)).rejects.toThrow("fetch failed");
    expect(running.deployments()).toHaveLength(1);
  });

  it("drops connections", async () => {
    const running = await start({ scenario: { resets: { share: 1 } } });

    await expect(
      kore(running, "POST", "/api/public/models/cm-1/deploy?modelType=openSource", deployBody),
    ).rejects.toThrow("fetch failed");
    expect(running.deployments()).toEqual([]);
  });
});

describe("stateAt", () => {
  it("shares the time equally before the last state", () => {
    const states = ["a", "b", "c", "d"] as const;

    expect([0, 99, 100, 199, 200, 299, 300, 1e9].map((elapsed) => stateAt([...states], elapsed, 300))).toEqual([
      "a",
      "a",
      "b",
      "b",
      "c",
      "c",
      "d",
      "d",
    ]);
    expect(stateAt([...states], 0, 0)).toBe("d");
    expect(stateAt([...states], -5, 300)).toBe("a");
    expect(stateAt(["only"], 0, 300)).toBe("only");
  });
});

describe("seededRandom", () => {
  it("stays between 0 and 1, and spreads", () => {
    const random = seededRandom(42);
    const drawn = Array.from({ length: 2000 }, random);

    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(drawn.filter((value) => value < 0.3).length / drawn.length).toBeCloseTo(0.3, 1);
  });
});
