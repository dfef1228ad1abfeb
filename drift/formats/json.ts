/** The report for programs: exactly the report. schema/drift-report.json describes it. Pure. */
import type { Format } from "./format";

export const jsonFormat: Format = (report) => `${JSON.stringify(report, undefined, 2)}\n`;
