/** The simulator: the APIs of all platforms on one port of loopback. */
import { type Credentials, defaultCredentials } from "./credentials";
import type { Fault } from "./faults";
import type { OutsideChange, SimulatedDeployment } from "./platform";
import { type PlatformId, platforms } from "./platforms/registry";
import type { RecordedRequest, RequestFilter } from "./request-log";
import { createScenarioControl, type Scenario, type ScenarioName } from "./scenario";
import { listen } from "./server";
import { createWorld, type SavedWorld, type SimulatedWorld } from "./world";

export type { Credentials } from "./credentials";
export type { Fault } from "./faults";
export type { OutsideChange, SimulatedDeployment } from "./platform";
export { SimulatorError } from "./platform";
export type { PlatformId } from "./platforms/registry";
export type { RecordedRequest, RequestFilter } from "./request-log";
export type { Scenario, ScenarioName } from "./scenario";
export type { SavedWorld } from "./world";

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** From the start of a deployment until it serves, milliseconds. Wins over the scenario's. */
  readyAfterMs?: number;
  scenario?: ScenarioName | Scenario;
  /** Replaces some of the default, fake credentials. */
  credentials?: Partial<Credentials>;
  /** What an earlier run's `save()` returned: its deployments are there again. */
  saved?: SavedWorld;
  /** The time on the platforms, milliseconds since the epoch, for tests that let it pass by themselves. */
  now?: () => number;
}

export interface Simulator {
  /** `http://127.0.0.1:<port>`: the page, and the base address of every platform. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Environment variables that point the provider at the simulator; of one platform, or of all. */
  environment(platform?: PlatformId): Record<string, string>;
  /** What was received, in order. */
  requests(filter?: RequestFilter): RecordedRequest[];
  /** What the client must not have done, over all requests: `POST /deploy/llm: vpc: not documented`. */
  violations(): string[];
  deployments(platform?: PlatformId): SimulatedDeployment[];
  /** Calls back when a request comes in, and again when it is answered. Returns what ends that. */
  subscribe(listener: (request: RecordedRequest) => void): () => void;
  /** Injects a fault into coming requests. Faults wait in the order in which they were injected. */
  fault(fault: Fault): void;
  /** Makes a change that does not come through the API. */
  act(change: OutsideChange): void;
  /** Changes the scenario: the given parts, or all of it when it is a name or says what it extends. */
  configure(scenario: ScenarioName | Scenario): void;
  /**
   * The deployments, to start a later simulator with. Of DeepInfra alone; the other platforms start empty.
   * Secrets that clients sent are in it.
   */
  save(): SavedWorld;
  /** Forgets deployments, requests, faults, and changes of the scenario. */
  reset(): void;
  close(): Promise<void>;
}

/** Rejects with `SimulatorError` for a scenario that cannot be used, and with the system's error for a port in use. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const credentials = { ...defaultCredentials, ...options.credentials };
  const scenario = createScenarioControl(options.scenario, options.readyAfterMs);
  const world = createWorld(credentials, scenario, options.saved, options.now);
  const listener = await listen(world, options.port ?? 0);
  world.url = listener.url;

  return {
    url: listener.url,
    credentials,
    environment: (platform) => environment(world, platform),
    requests: (filter) => world.log.list(filter),
    violations: () =>
      world.log
        .list()
        .flatMap(({ method, path, violations }) => violations.map((text) => `${method} ${path}: ${text}`)),
    deployments: (platform) => world.deployments(platform),
    subscribe: (callback) => world.log.subscribe(callback),
    fault: (fault) => world.faults.add(fault),
    act: (change) => world.act(change),
    configure: (scenario) => world.scenario.configure(scenario),
    save: () => world.save(),
    reset: () => world.reset(),
    close: () => listener.close(),
  };
}

function environment({ url, credentials }: SimulatedWorld, platform: PlatformId | undefined): Record<string, string> {
  const chosen = platforms.filter(({ id }) => platform === undefined || id === platform);
  return Object.assign({}, ...chosen.map((one) => one.environment(url, credentials))) as Record<string, string>;
}
