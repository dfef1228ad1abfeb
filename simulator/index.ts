/** The simulator: the APIs of all platforms on one port of loopback. */
import type { Credentials } from "./credentials";
import type { Fault } from "./faults";
import type { OutsideChange, SimulatedDeployment } from "./platform";
import type { RecordedRequest, RequestFilter } from "./request-log";
import type { Scenario, ScenarioName } from "./scenario";

export type { Credentials } from "./credentials";
export type { Fault, FaultKind } from "./faults";
export type { OutsideChange, SimulatedDeployment } from "./platform";
export type { RecordedRequest, RequestFilter } from "./request-log";
export type { Scenario, ScenarioName } from "./scenario";

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** From the start of a deployment until it serves, milliseconds. Wins over the scenario's. */
  readyAfterMs?: number;
  scenario?: ScenarioName | Scenario;
  /** Replaces some of the default, fake credentials. */
  credentials?: Partial<Credentials>;
}

export interface Simulator {
  /** `http://127.0.0.1:<port>`: the page, and the base address of every platform. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Environment variables that point the provider at the simulator. */
  environment(): Record<string, string>;
  requests(filter?: RequestFilter): RecordedRequest[];
  deployments(platform?: string): SimulatedDeployment[];
  /** Injects a fault into coming requests. */
  fault(fault: Fault): void;
  /** Makes a change that does not come through the API. */
  act(change: OutsideChange): void;
  /** Changes the scenario: the given parts, or all of it when it names the scenario that it extends. */
  configure(scenario: ScenarioName | Scenario): void;
  /** Forgets deployments, requests, faults, and changes of the scenario. */
  reset(): void;
  close(): Promise<void>;
}

export function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  throw new Error(`not there yet: ${JSON.stringify(options)}`);
}
