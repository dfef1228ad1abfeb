/** Tables of what commands ask for, keep and take. */
import { allCommands, type Measurement } from "../measurement";
import { factsOf } from "../programs";
import { bytesPerResource, codeBytes, providerPeak, requestsOf, requestsPerDeployment, treePeak } from "./figures";
import { floorOf, medianOf, ratioOf, subjectsOf } from "./selection";
import { type Cell, fixed, table } from "./tables";
import { isPlain, nameOf, waits } from "./times";

export function requestTable(measurements: readonly Measurement[], count: number): string {
  const asking = measurements.filter(({ program }) => factsOf(program).waits !== "never");
  const routes = [...new Set(asking.flatMap(({ requests }) => Object.keys(requests)))].sort();
  const belongs = (one: Measurement): boolean => one.count === count && (isPlain(one) || (waits(one) && !one.parallel));
  const rows = subjectsOf(asking, allCommands, belongs).map((subject): Cell[] => [
    subject.command,
    factsOf(subject.program).title,
    subject.readyAfterSeconds === 0 ? "at once" : `${subject.readyAfterSeconds} s`,
    ...[...routes.map(requestsOf), requestsPerDeployment].map((figure) => fixed(medianOf(asking, subject, figure), 2)),
  ]);
  return table(["command", "program", "ready after", ...routes, "all"], rows);
}

export function stateTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["up"], (one) => isPlain(one) && one.state !== undefined).map(
    (subject): Cell[] => [
      ...nameOf(subject),
      fixed(medianOf(measurements, subject, bytesPerResource), 0),
      fixed(ratioOf(measurements, subject, floorOf(subject), bytesPerResource), 2),
      fixed(medianOf(measurements, subject, codeBytes), 0),
    ],
  );
  return table(["program", "N", "bytes", "/ floor's", "of them code"], rows);
}

export function memoryTable(measurements: readonly Measurement[], count: number): string {
  const belongs = (one: Measurement): boolean =>
    one.count === count && one.providerPeakBytes !== undefined && one.latencyMs === undefined && !one.parallel;
  const rows = subjectsOf(measurements, ["up", "refresh"], belongs).map((subject): Cell[] => {
    const figures = [providerPeak, treePeak].flatMap((figure) => {
      const [ours, floor] = [subject, floorOf(subject)].map((one) => medianOf(measurements, one, figure));
      return [ours, ours === undefined || floor === undefined ? undefined : ours - floor];
    });
    const ready = subject.readyAfterSeconds === 0 ? "at once" : `${subject.readyAfterSeconds} s`;
    return [...[subject.command, factsOf(subject.program).title, ready], ...figures.map((value) => fixed(value, 0))];
  });
  return table(["command", "program", "ready after", "provider", "− floor's", "tree", "− floor's"], rows);
}
