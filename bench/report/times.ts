/** Tables of how long commands take. */
import type { Command, Measurement } from "../measurement";
import { factsOf } from "../programs";
import { type Figure, cpu, firstRequest, inFlight, requests, requestsPerDeployment, tail, wall } from "./figures";
import { floorOf, medianOf, ratioOf, runsOf, type Subject, subjectsOf } from "./selection";
import { median, quantile } from "./statistics";
import { type Cell, fixed, table } from "./tables";

export function readyAtOnceTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["up"], isPlain).map((subject): Cell[] => [
    ...nameOf(subject),
    fixed(medianOf(measurements, subject, wall), 2),
    fixed(ratioOf(measurements, subject, floorOf(subject), wall), 2),
    fixed(medianOf(measurements, subject, cpu), 2),
    fixed(ratioOf(measurements, subject, floorOf(subject), cpu), 2),
    fixed(medianOf(measurements, subject, firstRequest), 2),
  ]);
  return table(["program", "N", "up", "/ floor", "CPU", "CPU / floor's", "first request after"], rows);
}

export function waitTable(measurements: readonly Measurement[]): string {
  const rows = subjectsOf(measurements, ["up"], waits).map((subject): Cell[] => {
    const reactions = runsOf(measurements, subject).flatMap(({ wait }) => wait?.reactionSeconds ?? []);
    return [
      ...nameOf(subject),
      subject.parallel ?? "default",
      fixed(medianOf(measurements, subject, wall), 2),
      fixed(ratioOf(measurements, subject, floorOf(subject), wall, subject.readyAfterSeconds), 2),
      fixed(median(reactions), 2),
      fixed(quantile(reactions, 0.95), 2),
      fixed(medianOf(measurements, subject, tail), 2),
      fixed(medianOf(measurements, subject, inFlight), 0),
      fixed(medianOf(measurements, subject, requestsPerDeployment), 2),
    ];
  });
  const figures = ["up", "/ (floor + ready)", "ready → seen", "95 %", "tail", "most at once", "requests each"];
  return table(["program", "N", "slots", ...figures], rows);
}

export function commandTable(measurements: readonly Measurement[]): string {
  const commands: readonly Command[] = ["no-op up", "refresh", "destroy"];
  const rows = subjectsOf(measurements, commands, isPlain).map((subject): Cell[] => [
    subject.command,
    ...nameOf(subject),
    fixed(medianOf(measurements, subject, wall), 2),
    ...[wall, cpu].map((figure) => fixed(ratioOf(measurements, subject, floorOf(subject), figure), 2)),
  ]);
  return table(["command", "program", "N", "seconds", "/ floor", "CPU / floor's"], rows);
}

export function slowPlatformTable(measurements: readonly Measurement[], commands: readonly Command[]): string {
  const rows = subjectsOf(measurements, commands, ({ latencyMs }) => latencyMs !== undefined).map((subject): Cell[] => {
    const plain: Subject = { ...subject, command: "refresh --preview-only, one by one" };
    const isLook = /refresh|drift/.test(subject.command);
    const figure = (value: Figure): number | undefined => medianOf(measurements, subject, value);
    return [
      subject.command,
      ...nameOf(subject),
      fixed(figure(wall), 2),
      fixed(isLook ? ratioOf(measurements, subject, plain, wall) : undefined, 2),
      fixed(figure(requests), 0),
    ];
  });
  return table(["command", "program", "N", "seconds", "/ one by one", "requests"], rows);
}

/** Neither a wait, nor a slow platform, nor more slots. */
export function isPlain({ readyAfterSeconds, latencyMs, parallel }: Measurement): boolean {
  return readyAfterSeconds === 0 && latencyMs === undefined && parallel === undefined;
}

export function waits({ readyAfterSeconds }: Measurement): boolean {
  return readyAfterSeconds > 0;
}

export function nameOf({ program, count }: Subject): Cell[] {
  return [factsOf(program).title, count];
}
