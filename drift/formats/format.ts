/** What a format may know besides the report. */
import type { Comparison } from "../comparison";
import type { DriftReport } from "../report";

export interface Setting {
  /** The project file, from the root of the repository: `infra/Pulumi.yaml`. */
  projectFile: string;
  colours: boolean;
  /** Columns of the terminal; undefined where lines may be of any length. */
  width?: number;
  /** With an earlier report, `text` and `github` say what is new. The other formats always tell everything. */
  comparison?: Comparison;
}

/** Pure; ends with a line break unless it is empty. */
export type Format = (report: DriftReport, setting: Setting) => string;
