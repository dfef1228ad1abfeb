/** The fleet of examples/languages, as each language's program brings it up: two models, a live deployment, one wait. */
import type { Scenario, Simulator } from "../../simulator";
import type { Stack } from "../support/engine";
import { posts } from "./llamas";

const models = ["support-llama", "support-mistral"];
const list = /^\/deploy\/list$/;

/** The models serve at once, so that one look is enough to see it. */
export const fleetScenario: Scenario = {
  byName: Object.fromEntries(models.map((name) => [name, { readyAfterMs: 0 }])),
};

/** To be called once, before anything else asks the simulator. */
export async function expectFleet(stack: Stack, simulator: Simulator): Promise<void> {
  expect(await stack.outputs()).toMatchObject({
    endpoints: {
      llama: `${simulator.url}/v1/openai`,
      mistral: `${simulator.url}/v1/openai`,
      scorer: expect.stringContaining("/transformJson") as string,
    },
    statuses: { llama: "ready", mistral: "ready", scorer: "ready" },
    ready: true,
  });
  for (const name of ["llama", "mistral", "scorer"]) {
    expect((await stack.resource(name))?.inputs).toMatchObject({ waitForReady: false });
  }
  const made = models.flatMap((name) => posts(simulator, name));
  expect(made).toHaveLength(2);
  // Each creation lists before it asks, and the wait once for both, when both are asked for.
  const last = Math.max(...made.map(({ sequence }) => sequence));
  expect(simulator.requests({ path: list }).filter(({ sequence }) => sequence > last)).toHaveLength(1);
}
