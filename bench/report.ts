/** Medians, ratios and tables from the measurements. Nothing here is measured, and nothing is known beforehand. */
import type { Machine } from "./machine";
import { allCommands, type Command, detections, type Measurement, type Program } from "./measurement";
import type { Plan } from "./plan";
import { median, quantile } from "./statistics";
import { type Cell, fixed, table } from "./tables";

/** What the rows of the tables are about: one command in the same circumstances, of one program or of both. */
interface Subject {
  count: number;
  readyAfterSeconds: number;
  parallel?: number | undefined;
  command: Command;
}

export function report(machine: Machine, plan: Plan, measurements: readonly Measurement[]): string {
  const sections = [
    `# Benchmark\n\n${facts(machine, plan)}`,
    section("Up", upTable(measurements), "Seconds. `floor` is an empty dynamic provider, measured in turn."),
    section("Other commands", commandTable(measurements), "The platform was ready at once."),
    section("Drift", driftTable(measurements), driftNote(plan)),
    section("Requests per deployment", requestTable(measurements), "As the simulator received them."),
    section("Waits", waitTable(measurements), "Seconds. `tail` is from the last readiness to the end of the command."),
    section("State, bytes per resource", stateTable(measurements), "`code` is `__provider`, inputs and outputs."),
    section("Peak memory, MB", memoryTable(measurements), "Resident. `tree` is the engine and all its children."),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function facts(machine: Machine, plan: Plan): string {
  const { date, cores, memoryGibibytes, system, node, engine, sdk, package: version, loads } = machine;
  return (
    `${date.slice(0, 10)}, ${cores} cores, ${memoryGibibytes} GiB, ${system}, Node ${node}, Pulumi ${engine}, ` +
    `SDK ${sdk}, pulumi-inference ${version}, medians of ${plan.runs} ${plan.runs === 1 ? "run" : "runs"}. ` +
    `Load ${fixed(loads[0], 1)} before and ${fixed(loads[1], 1)} at the end: where other work took part of the ` +
    "cores, trust the processor time more than the seconds."
  );
}

function section(title: string, rows: string, note: string): string {
  return rows === "" ? "" : `## ${title}\n\n${note}\n\n${rows}`;
}

function upTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["up"]).map((subject): Cell[] => {
    const up = medianOf(measurements, "inference", subject, wall);
    const floor = floorOf(measurements, subject, wall);
    const over = minus(up, subject.readyAfterSeconds);
    return [
      ...circumstances(subject),
      ...[up, over, floor].map((value) => fixed(value, 2)),
      fixed(ratio(over, floor), 2),
      fixed(ratio(up, plus(floor, subject.readyAfterSeconds)), 2),
      fixed(ratio(medianOf(measurements, "inference", subject, cpu), floorOf(measurements, subject, cpu)), 2),
    ];
  });
  const figures = ["up", "up − ready", "floor", "(up − ready) / floor", "up / (floor + ready)", "CPU / floor's"];
  return table(["N", "ready after", "slots", ...figures], rows);
}

function commandTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["no-op up", "refresh", "destroy"]).map((subject): Cell[] => {
    const ours = medianOf(measurements, "inference", subject, wall);
    const floor = floorOf(measurements, subject, wall);
    const cpuRatio = ratio(medianOf(measurements, "inference", subject, cpu), floorOf(measurements, subject, cpu));
    return [
      subject.command,
      subject.count,
      fixed(ours, 2),
      fixed(floor, 2),
      fixed(ratio(ours, floor), 2),
      fixed(cpuRatio, 2),
    ];
  });
  return table(["command", "N", "seconds", "floor", "ratio", "CPU / floor's"], rows);
}

function driftNote({ latencyMs }: Plan): string {
  return `Each answer took ${latencyMs} ms. The ratio is to Pulumi's own refresh with each deployment read by itself.`;
}

function driftTable(measurements: readonly Measurement[]): string {
  const [baseline] = subjectsOf(measurements, detections);
  const rows = subjectsOf(measurements, detections).map((subject): Cell[] => {
    const figures = [wall, allRequests].map((figure) => medianOf(measurements, "inference", subject, figure));
    const plain = baseline && medianOf(measurements, "inference", baseline, wall);
    return [
      subject.command,
      subject.count,
      fixed(figures[0], 2),
      fixed(ratio(figures[0], plain), 2),
      fixed(figures[1], 0),
    ];
  });
  return table(["command", "N", "seconds", "ratio", "requests"], rows);
}

function requestTable(measurements: readonly Measurement[]): string {
  const ours = measurements.filter(({ program }) => program === "inference");
  const routes = [...new Set(ours.flatMap(({ requests }) => Object.keys(requests)))].sort();
  const rows = subjectsOf(measurements, allCommands).map((subject): Cell[] => {
    const perRoute = routes.map((route) =>
      medianOf(measurements, "inference", subject, ({ requests, count }) => (requests[route] ?? 0) / count),
    );
    const all = medianOf(measurements, "inference", subject, requestsPerDeployment);
    return [subject.command, ...circumstances(subject), ...[...perRoute, all].map((value) => fixed(value, 2))];
  });
  return table(["command", "N", "ready after", "slots", ...routes, "all"], rows);
}

function waitTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["up"]).map((subject): Cell[] => {
    const reactions = runsOf(measurements, "inference", subject).flatMap(({ wait }) => wait?.reactionSeconds ?? []);
    return [
      ...circumstances(subject),
      fixed(median(reactions), 3),
      fixed(quantile(reactions, 0.95), 3),
      fixed(
        medianOf(measurements, "inference", subject, ({ wait }) => wait?.tailSeconds),
        2,
      ),
      fixed(
        medianOf(measurements, "inference", subject, ({ wait }) => wait?.inFlight),
        0,
      ),
      fixed(
        medianOf(measurements, "inference", subject, ({ firstRequestSeconds }) => firstRequestSeconds),
        2,
      ),
    ];
  });
  const figures = ["ready → seen, median", "95 %", "tail", "most at once", "first request after"];
  return table(["N", "ready after", "slots", ...figures], rows);
}

function stateTable(measurements: readonly Measurement[]): string {
  const subjects = subjectsOf(measurements, ["up"]).filter((one) => one.readyAfterSeconds === 0 && !one.parallel);
  const rows = subjects.map((subject): Cell[] => {
    const bytes = [bytesPerResource, codeBytes].map((figure) => [
      medianOf(measurements, "inference", subject, figure),
      floorOf(measurements, subject, figure),
    ]);
    const [whole = [], code = []] = bytes;
    const all = [...whole, ratio(whole[0], whole[1])].map((value, index) => fixed(value, index < 2 ? 0 : 2));
    return [subject.count, ...all, ...code.map((value) => fixed(value, 0))];
  });
  return table(["N", "bytes", "floor's", "ratio", "code", "floor's code"], rows);
}

function memoryTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["up", "refresh"]).map((subject): Cell[] => {
    const figures = [providerPeak, treePeak].flatMap((figure) => {
      const ours = medianOf(measurements, "inference", subject, figure);
      const floor = floorOf(measurements, subject, figure);
      return [ours, floor, minus(ours, floor)];
    });
    return [subject.command, ...circumstances(subject), ...figures.map((value) => fixed(value, 0))];
  });
  const figures = ["provider", "floor's", "more", "tree", "floor's tree", "more"];
  return table(["command", "N", "ready after", "slots", ...figures], rows);
}

function subjectsOf(measurements: readonly Measurement[], commands: readonly Command[]): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const { program, command, count, readyAfterSeconds, latencyMs, parallel } of measurements) {
    if (program !== "inference" || !commands.includes(command)) continue;
    // The stack that is looked over for drift has to be made; how, is measured elsewhere.
    if (command === "up" && latencyMs !== undefined) continue;
    subjects.set([command, count, readyAfterSeconds, parallel].join(), { command, count, readyAfterSeconds, parallel });
  }
  const order = (one: Subject): number => (one.parallel === undefined ? 0 : 1e12) + one.readyAfterSeconds * 1e6;
  return [...subjects.values()].sort(
    (left, right) =>
      commands.indexOf(left.command) - commands.indexOf(right.command) ||
      order(left) - order(right) ||
      left.count - right.count,
  );
}

function circumstances({ count, readyAfterSeconds, parallel }: Subject): Cell[] {
  return [count, readyAfterSeconds === 0 ? "at once" : `${readyAfterSeconds} s`, parallel ?? "default"];
}

type Figure = (measurement: Measurement) => number | undefined;

const megabyte = 1024 * 1024;
const wall: Figure = ({ wallSeconds }) => wallSeconds;
const cpu: Figure = ({ cpuSeconds }) => cpuSeconds;
const allRequests: Figure = ({ requests }) => Object.values(requests).reduce((total, value) => total + value, 0);
const requestsPerDeployment: Figure = (measurement) => (allRequests(measurement) ?? 0) / measurement.count;
const bytesPerResource: Figure = ({ state }) => state?.bytesPerResource;
const codeBytes: Figure = ({ state }) => state?.codeBytesPerResource;
const providerPeak: Figure = ({ providerPeakBytes = NaN }) => providerPeakBytes / megabyte;
const treePeak: Figure = ({ treePeakBytes = NaN }) => treePeakBytes / megabyte;

function medianOf(
  measurements: readonly Measurement[],
  program: Program,
  subject: Subject,
  figure: Figure,
): number | undefined {
  const values = runsOf(measurements, program, subject).map(figure);
  return median(values.filter((value) => value !== undefined));
}

/** The empty provider has no platform to wait for. */
function floorOf(measurements: readonly Measurement[], subject: Subject, figure: Figure): number | undefined {
  return medianOf(measurements, "empty", { ...subject, readyAfterSeconds: 0 }, figure);
}

function runsOf(measurements: readonly Measurement[], program: Program, subject: Subject): Measurement[] {
  return measurements.filter(
    (one) =>
      one.program === program &&
      one.command === subject.command &&
      one.count === subject.count &&
      one.readyAfterSeconds === subject.readyAfterSeconds &&
      one.parallel === subject.parallel,
  );
}

function ratio(value: number | undefined, floor: number | undefined): number | undefined {
  return value === undefined || floor === undefined ? undefined : value / floor;
}

function minus(value: number | undefined, other: number | undefined): number | undefined {
  return value === undefined || other === undefined ? undefined : value - other;
}

function plus(value: number | undefined, other: number): number | undefined {
  return value === undefined ? undefined : value + other;
}
