/** What the command is given. */
import type { ScenarioName } from "../../simulator/scenario-names";

export interface SimulateOptions {
  port: number;
  scenario: ScenarioName;
  /** With what goes beyond the scenario, as JSON. */
  scenarioFile?: string;
  /** Seconds. */
  readyAfter?: number;
  quiet: boolean;
}
