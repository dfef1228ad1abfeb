/** What the simulated platforms do beyond plain success, by name or in detail. */
import { z } from "zod";
import { type Behaviour, SimulatorError } from "./platform";
import { type PlatformOptions, platforms } from "./platforms/registry";
import { seededRandom } from "./random";
import { type ScenarioName, scenarioNames } from "./scenario-names";

export type { ScenarioName };

/** All parts are optional; what is left out comes from the scenario that this one extends, or from the current one. */
export interface Scenario extends Partial<Behaviour>, PlatformOptions {
  /** Starts from this scenario instead of the current one. */
  extends?: ScenarioName;
  /** Overrides for single deployments, under the name that the client gave or the platform's full name. */
  byName?: Record<string, Partial<Behaviour>>;
  /** Overrides by code, which win over `byName`. Not available in JSON. */
  behaviourOf?: (deployment: { platform: string; name: string }) => Partial<Behaviour> | undefined;
  /** Makes what is left to chance repeatable. */
  seed?: number;
  /** Before each answer, milliseconds. */
  latencyMs?: number;
  /**
   * Answers 429 with `Retry-After` to a share of all requests (from 0 to 1), and to those beyond a
   * number that each platform admits in any second.
   */
  throttling?: { share?: number; requestsPerSecond?: number; retryAfterSeconds?: number };
  /** A share of all requests is answered with this status, 503 by default. */
  serverErrors?: { share: number; status?: number };
  /** A share of the requests that change something is carried out, and the answer is lost. */
  lostAnswers?: { share: number };
  /** A share of all requests finds its connection dropped before anything happens. */
  resets?: { share: number };
}

/** A scenario without gaps, but for the platforms' own options, whose defaults the platforms know. */
export type CompleteScenario = Scenario & Required<Omit<Scenario, "extends" | "behaviourOf" | keyof PlatformOptions>>;

const defaults: CompleteScenario = {
  readyAfterMs: 5_000,
  removedAfterMs: 0,
  outcome: "ready",
  failureReason: "the model's weights could not be loaded",
  byName: {},
  seed: 1,
  latencyMs: 0,
  throttling: {},
  serverErrors: { share: 0 },
  lostAnswers: { share: 0 },
  resets: { share: 0 },
};

/** What each named scenario changes. */
const named: Record<ScenarioName, Scenario> = {
  default: {},
  "slow-start": { readyAfterMs: 90_000 },
  "no-capacity": { outcome: "no-capacity" },
  failure: { outcome: "failure" },
  throttling: { throttling: { share: 0.3, retryAfterSeconds: 1 } },
  flaky: { serverErrors: { share: 0.3 } },
  "lost-answers": { lostAnswers: { share: 0.5 } },
  resets: { resets: { share: 0.3 } },
};

/** The scenario of a running simulator. */
export interface ScenarioControl {
  current(): CompleteScenario;
  /** Takes over the given parts, or starts from the scenario that the change names. */
  configure(change: unknown): void;
  /** From 0 up to 1; starts over with each change of the seed. */
  random(): number;
  /** Back to the first scenario. */
  reset(): void;
}

/**
 * @param first a name, a scenario, or undefined for the default one. `SimulatorError` when it cannot be used.
 * @param readyAfterMs wins over the first scenario's; later ones that name their own time win over it.
 */
export function createScenarioControl(first: unknown, readyAfterMs: number | undefined): ScenarioControl {
  const wish = readyAfterMs === undefined ? {} : { readyAfterMs };
  const base = combine(defaults, defaults, wish);
  const start = combine(base, combine(base, base, parseScenario(first ?? "default")), wish);
  let current = start;
  let random = seededRandom(current.seed);

  function change(next: CompleteScenario): void {
    if (next.seed !== current.seed || next === start) random = seededRandom(next.seed);
    current = next;
  }

  return {
    current: () => current,
    configure: (value) => change(combine(base, current, parseScenario(value))),
    random: () => random(),
    reset: () => change(start),
  };
}

/** A scenario from a name or from parsed JSON. Throws `SimulatorError` for one that cannot be used. */
export function parseScenario(value: unknown): Scenario {
  if (typeof value !== "string") return checkScenario(value);
  if (Object.hasOwn(named, value)) return { extends: value as ScenarioName };
  throw new SimulatorError(`there is no scenario "${value}"; there are ${scenarioNames.join(", ")}`);
}

/** How a deployment of this name fares in a scenario. */
export function behaviourIn(scenario: CompleteScenario, platform: string, name: string): Behaviour {
  const shortName = name.slice(name.lastIndexOf("/") + 1);
  const { readyAfterMs, removedAfterMs, outcome, failureReason } = scenario;
  return {
    ...{ readyAfterMs, removedAfterMs, outcome, failureReason },
    ...scenario.byName[shortName],
    ...scenario.byName[name],
    ...scenario.behaviourOf?.({ platform, name }),
  };
}

function combine(base: CompleteScenario, current: CompleteScenario, change: Scenario): CompleteScenario {
  const { extends: origin, ...rest } = change;
  const start = origin === undefined ? current : { ...base, ...named[origin] };
  const options = platforms.map(({ id }) => [id, { ...start[id], ...rest[id] }] as const);
  return { ...start, ...rest, byName: { ...start.byName, ...rest.byName }, ...Object.fromEntries(options) };
}

function checkScenario(value: unknown): Scenario {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SimulatorError(`the scenario cannot be used:\n${z.prettifyError(parsed.error)}`);
  // The platforms' options are checked here and filled in where they are read, so that defaults do not override.
  return value as Scenario;
}

const share = z.number().min(0).max(1);
const behaviour = {
  readyAfterMs: z.number().min(0).optional(),
  removedAfterMs: z.number().min(0).optional(),
  outcome: z.enum(["ready", "no-capacity", "failure"]).optional(),
  failureReason: z.string().optional(),
};

const schema = z.strictObject({
  ...behaviour,
  ...Object.fromEntries(platforms.map(({ id, options }) => [id, options.optional()])),
  extends: z.enum(scenarioNames).optional(),
  byName: z.record(z.string(), z.strictObject(behaviour)).optional(),
  behaviourOf: z.custom((given) => typeof given === "function", "must be a function").optional(),
  seed: z.int().optional(),
  latencyMs: z.number().min(0).optional(),
  throttling: z
    .strictObject({
      share: share.optional(),
      requestsPerSecond: z.number().positive().optional(),
      retryAfterSeconds: z.number().min(0).optional(),
    })
    .optional(),
  serverErrors: z.strictObject({ share, status: z.int().min(500).max(599).optional() }).optional(),
  lostAnswers: z.strictObject({ share }).optional(),
  resets: z.strictObject({ share }).optional(),
});
