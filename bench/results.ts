import type { Machine } from "./machine";
import type { Measurement } from "./measurement";
import type { Plan } from "./plan";

/** All that a run of the benchmark found: what is written as JSON, and what the report is made from. */
export interface Results {
  machine: Machine;
  plan: Plan;
  measurements: readonly Measurement[];
}
