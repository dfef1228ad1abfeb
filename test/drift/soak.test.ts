/** A thousand refreshes of deployments that are well, in changing weather: not one report of drift. */
import type { Verdict } from "../../drift";
import { mayPass } from "../../drift/deployment-findings";
import type { Observation } from "../../drift/observation";
import { settle } from "../../drift/settle";
import { judge } from "../../drift/verdict";
import { seededRandom } from "../../simulator/random";
import { createFakeClock } from "../support/fake-clock";
import { weathers } from "./weather";
import { watchDeployment } from "./watched-deployment";

const rounds = 250;
const expected: Record<string, Verdict> = {
  deepinfra: "clean",
  foundry: "clean",
  opensearch: "clean",
  kore: "unknown",
};

let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

it.each(Object.entries(weathers))("%s", async (platform, makeWeather) => {
  const watched = await watchDeployment(platform);
  close = watched.close;
  const random = seededRandom(20_260_101);
  const weather = makeWeather(watched.simulator, () => watched.deploymentId, random);
  const seen = { rolling: 0, floating: 0, states: new Set<string>() };
  let refreshes = 0;

  for (let round = 0; round < rounds; round++) {
    let left = weather.next();
    const observe = async (): Promise<Observation> => {
      refreshes++;
      const observation = await watched.observe();
      seen.states.add(JSON.stringify(observation.live?.outputs["replicas"]));
      if (mayPass(observation)) seen.rolling++;
      if (--left === 0) weather.clear();
      return observation;
    };
    const settling = { seconds: 60, clock: createFakeClock(), signal: new AbortController().signal };
    const [observation] = await settle([await observe()], async () => [await observe()], settling);
    const drift = judge(observation as Observation);

    expect({ round, verdict: drift.verdict, reason: drift.reason ?? "" }).toEqual({
      round,
      verdict: expected[platform],
      reason: platform === "kore" ? (expect.stringContaining("tells neither") as string) : "",
    });
    expect(drift.differences.filter((one) => one.class !== "floating-version")).toEqual([]);
    seen.floating += drift.differences.length;
    // It settled before the roll-out was over: nothing of it may reach the next round.
    if (left > 0) weather.clear();
  }

  expect(refreshes).toBeGreaterThanOrEqual(rounds);
  // The weather did change.
  expect(seen.rolling > 10).toBe(platform !== "kore");
  expect(seen.floating > 10).toBe(platform === "foundry");
  if (platform === "deepinfra") expect(seen.states.size).toBeGreaterThan(3);
});

it("makes a thousand", () => {
  expect(rounds * Object.keys(weathers).length).toBe(1_000);
});
