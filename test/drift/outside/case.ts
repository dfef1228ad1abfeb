/** What people and platforms do to a deployment, and what a detection has to say of it. */
import type { DifferenceClass, Verdict } from "../../../drift";
import type { Properties } from "../../../provider/resources/resource-kind";
import type { Scenario, Simulator } from "../../../simulator";

export interface OutsideCase {
  platform: "deepinfra" | "kore" | "opensearch" | "foundry";
  what: string;
  /** The contract's inputs without it. */
  inputs?: Properties;
  /** Of the simulator, from the start. */
  scenario?: Scenario;
  act(simulator: Simulator, id: string): void;
  verdict: Verdict;
  /** Class and path of each difference, floating versions included. */
  differences: [DifferenceClass, string][];
  /** In the reason. */
  reason?: string;
  /** Why an `up` does not repair it: it mends itself, it is no drift, or nobody can. Repairable without it. */
  unrepaired?: string;
}

export type Change = (simulator: Simulator, id: string) => void;

export const act =
  (platform: OutsideCase["platform"], action: string, change: object = {}): Change =>
  (simulator, id) =>
    simulator.act({ platform, id, action, ...change });

export const noDrift = "it is no drift";
export const unseen = "nobody can tell";
export const itself = "the platform mends it";

export const refused =
  (status: number): Change =>
  (simulator) =>
    simulator.fault({ kind: "status", status, method: "GET", times: 1_000 });

/** Writes the cases of one platform. */
export const caseOf =
  (platform: OutsideCase["platform"]) =>
  (
    what: string,
    change: Change,
    verdict: Verdict,
    differences: OutsideCase["differences"],
    more: Partial<OutsideCase> = {},
  ): OutsideCase => ({ platform, what, act: change, verdict, differences, ...more });
