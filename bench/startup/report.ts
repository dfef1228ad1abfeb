/** The start-ups as a table. */
import { median } from "../report/statistics";
import { fixed, table } from "../report/tables";
import type { StartCase } from "./cases";
import type { StartFigures } from "./start";

export interface StartResult extends StartFigures {
  name: string;
  /** What lies above the case beside it. */
  above: Partial<Pick<StartFigures, "cpuMs" | "wallMs" | "residentBytes" | "heapBytes">>;
}

/** @param runs of each case, by name. */
export function startResults(cases: readonly StartCase[], runs: ReadonlyMap<string, StartFigures[]>): StartResult[] {
  const medians = new Map([...runs].map(([name, figures]) => [name, medianOf(figures)]));
  return cases.map(({ name, beside }) => {
    const own = medians.get(name) ?? medianOf([]);
    const other = beside === undefined ? undefined : medians.get(beside);
    return { name, ...own, above: other === undefined ? {} : difference(own, other) };
  });
}

export function startReport(results: readonly StartResult[]): string {
  const headings = ["start", "CPU ms", "above", "wall ms", "resident MB", "above", "heap MB", "modules"];
  const rows = results.map(({ name, above, ...own }) => [
    name,
    fixed(own.cpuMs, 0),
    fixed(above.cpuMs, 0),
    fixed(own.wallMs, 0),
    fixed(own.residentBytes / 1e6, 0),
    fixed(above.residentBytes === undefined ? undefined : above.residentBytes / 1e6, 0),
    fixed(own.heapBytes / 1e6, 1),
    fixed(own.modules, 0),
  ]);
  return table(headings, rows);
}

function medianOf(figures: readonly StartFigures[]): StartFigures {
  const of = (key: keyof StartFigures): number => median(figures.map((one) => one[key])) ?? NaN;
  return {
    cpuMs: of("cpuMs"),
    wallMs: of("wallMs"),
    residentBytes: of("residentBytes"),
    heapBytes: of("heapBytes"),
    modules: of("modules"),
  };
}

function difference(own: StartFigures, other: StartFigures): StartResult["above"] {
  return {
    cpuMs: own.cpuMs - other.cpuMs,
    wallMs: own.wallMs - other.wallMs,
    residentBytes: own.residentBytes - other.residentBytes,
    heapBytes: own.heapBytes - other.heapBytes,
  };
}
