/** Everything that one simulator holds: the platforms' states, the log, the faults, the scenario. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Credentials } from "./credentials";
import { createFaultQueue, type FaultQueue } from "./faults";
import {
  type OutsideChange,
  type SimulatedDeployment,
  type SimulatedPlatform,
  type Simulation,
  SimulatorError,
  type World,
} from "./platform";
import { platforms } from "./platforms/registry";
import { createRateLimit, type RateLimit } from "./rate-limit";
import { createRequestLog, type RequestLog } from "./request-log";
import { behaviourIn, type ScenarioControl } from "./scenario";

export interface SimulatedWorld {
  /** Known once the server listens. */
  url: string;
  readonly credentials: Credentials;
  readonly log: RequestLog;
  readonly faults: FaultQueue;
  readonly rateLimit: RateLimit;
  readonly scenario: ScenarioControl;
  /** Changes with each reset, so that the page knows when to start over. */
  run(): string;
  simulation(platform: string): Simulation;
  deployments(platform?: string): SimulatedDeployment[];
  act(change: OutsideChange): void;
  save(): SavedWorld;
  reset(): void;
}

/** The deployments of an earlier run, by platform. Plain JSON. */
export type SavedWorld = Readonly<Record<string, unknown>>;

const outsideChange = z.looseObject({ platform: z.string(), id: z.string(), action: z.string() });

/** Each platform knows its own options; here they are passed on unseen. */
const registered: readonly SimulatedPlatform<string, unknown>[] = platforms;

export function createWorld(
  credentials: Credentials,
  scenario: ScenarioControl,
  saved: SavedWorld = {},
  now: () => number = () => Date.now(),
): SimulatedWorld {
  const faults = createFaultQueue();
  const log = createRequestLog();
  const simulations = new Map<string, Simulation>();
  let run = "";

  function simulation(platform: string): Simulation {
    const found = simulations.get(platform);
    if (found !== undefined) return found;
    const known = platforms.map(({ id }) => id).join(", ");
    throw new SimulatorError(`there is no simulated platform "${platform}"; there are ${known}`);
  }

  function populate(earlier: SavedWorld): void {
    run = randomUUID();
    for (const platform of registered) simulations.set(platform.id, start(platform, world, now, earlier[platform.id]));
  }

  const world: SimulatedWorld = {
    url: "",
    credentials,
    log,
    faults,
    rateLimit: createRateLimit(now),
    scenario,
    run: () => run,
    simulation,
    deployments: (platform) =>
      platform === undefined
        ? platforms.flatMap(({ id }) => simulation(id).deployments())
        : simulation(platform).deployments(),
    act(change) {
      const parsed = outsideChange.safeParse(change);
      if (!parsed.success) throw new SimulatorError(`the change cannot be made:\n${z.prettifyError(parsed.error)}`);
      simulation(change.platform).act(change);
    },
    save: () => Object.fromEntries([...simulations].map(([id, { save }]) => [id, save?.()])),
    reset() {
      scenario.reset();
      faults.clear();
      log.clear();
      populate({});
    },
  };
  populate(saved);
  return world;
}

function start(
  platform: SimulatedPlatform<string, unknown>,
  world: SimulatedWorld,
  now: () => number,
  saved: unknown,
): Simulation {
  const lent: World<unknown> = {
    get url() {
      return world.url;
    },
    credentials: world.credentials,
    now,
    options: optionsReader(platform, world),
    behaviour: (name) => behaviourIn(world.scenario.current(), platform.id, name),
    random: () => world.scenario.random(),
  };
  const simulation = platform.simulate(lent, saved);
  simulation.app.notFound((context) => {
    const message = `${platform.title} has no ${context.req.method} ${context.req.path}`;
    return context.json(platform.errorBody(404, message) as object, 404);
  });
  return simulation;
}

/** Reads a platform's options from the current scenario, and fills in the defaults once per scenario. */
function optionsReader(platform: SimulatedPlatform<string, unknown>, { scenario }: SimulatedWorld): () => unknown {
  let filledFor: unknown;
  let options: unknown;
  return () => {
    const current = scenario.current();
    if (current !== filledFor) {
      const given = Object.entries(current).find(([key]) => key === platform.id)?.[1] as unknown;
      options = platform.options.parse(given ?? {});
      filledFor = current;
    }
    return options;
  };
}
