/** The figures of all accounts as Markdown. */
import { fixed, table } from "../report/tables";
import { capOf, type PhaseFigures, phases, type ScalePlan } from "./account";
import { together, type Traffic } from "./figures";

export interface ScaleMachine {
  date: string;
  cores: number;
  memoryGibibytes: number;
  system: string;
  node: string;
  package: string;
  /** The system's load average of one minute, before the benchmark. */
  load: number;
}

const megabyte = 1024 * 1024;

/** @param accounts for each account its phases. */
export function report(
  machine: ScaleMachine,
  plan: ScalePlan,
  accounts: readonly (readonly PhaseFigures[])[],
  floor: readonly PhaseFigures[],
): string {
  const total = plan.accounts * plan.stacks * plan.deployments;
  const measured = phases.map((phase) => summaryOf(accounts.flat().filter((one) => one.phase === phase)));
  return [
    `# ${total.toLocaleString("en")} deployments: ${plan.accounts} accounts of ${plan.stacks} stacks of ${plan.deployments}`,
    `${machine.date}: ${machine.cores} cores, ${machine.memoryGibibytes} GiB, ${machine.system}, Node ${machine.node}, pulumi-inference ${machine.package}, load ${fixed(machine.load, 1)} before. One account after the other; the stacks of an account at once, each with a native plugin of its own that takes ${plan.slots} steps at a time and sends ${plan.requestsPerSecond} requests a second at most, so that an account gets ${capOf(plan)} at most. Looked at for ${plan.waitSeconds} s before all are ready at the same moment.`,
    requestTable(plan, measured, total),
    routeTable(measured),
    memoryTable(plan, accounts, floor),
    "",
  ].join("\n\n");
}

type Summary = Traffic & Pick<PhaseFigures, "phase" | "wallSeconds" | "cpuSeconds">;

function summaryOf(figures: readonly PhaseFigures[]): Summary {
  const sum = (of: (one: PhaseFigures) => number): number => figures.reduce((total, one) => total + of(one), 0);
  return {
    phase: figures[0]?.phase ?? "create",
    wallSeconds: sum(({ wallSeconds }) => wallSeconds),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
    ...together(figures),
  };
}

function requestTable(plan: ScalePlan, measured: readonly Summary[], total: number): string {
  const headings = [
    "all accounts",
    "requests",
    "per deployment",
    "most in 1 s, one account",
    "most in 10 s, by the second",
    "answered MB",
    "seconds, one account",
    "plugins' CPU seconds, one account",
  ];
  const rows = measured.map((one) => [
    one.phase,
    one.requests,
    fixed(one.requests / total, 2),
    one.mostInOneSecond,
    fixed(one.mostInTenSeconds, 0),
    fixed(one.bytes / megabyte, 1),
    fixed(one.wallSeconds / plan.accounts, 1),
    fixed(one.cpuSeconds / plan.accounts, 1),
  ]);
  return table(headings, rows);
}

function routeTable(measured: readonly Summary[]): string {
  const rows = measured.flatMap(({ phase, routes }) =>
    Object.entries(routes).map(([route, { requests, bytes, largestBytes }]) => [
      `${phase}: ${route}`,
      requests,
      fixed(bytes / megabyte, 1),
      fixed(largestBytes / 1024, 1),
    ]),
  );
  return table(["route", "requests", "MB", "largest answer, KB"], rows);
}

function memoryTable(
  plan: ScalePlan,
  accounts: readonly (readonly PhaseFigures[])[],
  floor: readonly PhaseFigures[],
): string {
  const rows = phases.map((phase) => {
    const peaks = accounts.map((one) => peakAfter(one, phase));
    const [most, least] = [Math.max(...peaks), peakAfter(floor, phase)];
    return [
      phase,
      fixed(most / megabyte, 0),
      fixed(least / megabyte, 0),
      fixed((most - least) / plan.deployments / 1024, 0),
    ];
  });
  const headings = ["largest plugin's peak until the end of", "MB", "with one deployment, MB", "KB per deployment"];
  return table(headings, rows);
}

function peakAfter(figures: readonly PhaseFigures[], phase: string): number {
  return figures.find((one) => one.phase === phase)?.peakBytes ?? NaN;
}
