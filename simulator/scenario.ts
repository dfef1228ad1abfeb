/** What the simulated platforms do beyond plain success. */
import type { Behaviour } from "./platform";

export type ScenarioName =
  "default" | "slow-start" | "no-capacity" | "failure" | "throttling" | "flaky" | "lost-answers" | "resets";

export interface Scenario extends Partial<Behaviour> {
  /** Starts from this scenario instead of the current one. */
  extends?: ScenarioName;
}
