/** What the user asks `drift` for. */
import type { FormatName } from "../../drift/formats/names";
import type { Verdict } from "../../drift/report";

export type FailingVerdict = Exclude<Verdict, "clean">;

/** A format, and the file that it goes to: the standard output without one. */
export interface Output {
  format: FormatName;
  file?: string;
}

export interface DriftOptions {
  /** The current one without it. */
  stack?: string;
  /** The folder of the Pulumi project. */
  cwd: string;
  runProgram: boolean;
  onlyInference: boolean;
  /** Seconds. */
  settle?: number;
  parallel?: number;
  format: Output[];
  /** Takes what would go to the standard output. */
  output?: string;
  failOn: readonly FailingVerdict[];
  /** The exit code speaks of what is new since the earlier report. */
  failOnNew: boolean;
  /** The file of an earlier report. */
  since?: string;
  repair: boolean;
  /** Repairs what depends on the repaired, too. */
  targetDependents: boolean;
  /** Repairs without a question. */
  yes: boolean;
}
