/** Medians and ratios of the measurements of one command in the same circumstances. */
import type { Command, Measurement, Scene } from "../measurement";
import { type Program, programNames } from "../programs";
import type { Figure } from "./figures";
import { median } from "./statistics";

/** What the rows of the tables are about. */
export interface Subject extends Omit<Scene, "commands"> {
  command: Command;
}

export function runsOf(measurements: readonly Measurement[], subject: Subject): Measurement[] {
  const keys = ["program", "command", "count", "readyAfterSeconds", "latencyMs", "parallel"] as const;
  return measurements.filter((one) => keys.every((key) => one[key] === subject[key]));
}

export function medianOf(measurements: readonly Measurement[], subject: Subject, figure: Figure): number | undefined {
  return median(known(runsOf(measurements, subject).map(figure)));
}

/**
 * The median of the ratios of runs that were taken in turn, the first with the first: what slows the machine for
 * some minutes slows both. All start in the first round, so that one that has fewer rounds finds its partner.
 *
 * @param added to each of the others' figures.
 */
export function ratioOf(
  measurements: readonly Measurement[],
  subject: Subject,
  other: Subject,
  figure: Figure,
  added = 0,
): number | undefined {
  const others = runsOf(measurements, other).map(figure);
  const ratios = runsOf(measurements, subject).map((one, turn) => quotient(figure(one), others[turn], added));
  return median(known(ratios));
}

/** The empty provider has no platform to wait for, and none that could be slow. */
export function floorOf({ count, command, parallel }: Subject): Subject {
  return { program: "empty", count, command, readyAfterSeconds: 0, ...(parallel === undefined ? {} : { parallel }) };
}

/** What was measured, in the order of the tables. */
export function subjectsOf(
  measurements: readonly Measurement[],
  commands: readonly Command[],
  belongs: (measurement: Measurement) => boolean = () => true,
): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const one of measurements) {
    if (!commands.includes(one.command) || !belongs(one)) continue;
    const { program, command, count, readyAfterSeconds, latencyMs, parallel } = one;
    subjects.set([program, command, count, readyAfterSeconds, latencyMs, parallel].join(), {
      ...{ program, command, count, readyAfterSeconds },
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(parallel === undefined ? {} : { parallel }),
    });
  }
  return [...subjects.values()].sort(
    (left, right) =>
      commands.indexOf(left.command) - commands.indexOf(right.command) ||
      (left.parallel ?? 0) - (right.parallel ?? 0) ||
      left.count - right.count ||
      place(left.program) - place(right.program),
  );
}

function place(program: Program): number {
  return programNames.indexOf(program);
}

function quotient(value: number | undefined, other: number | undefined, added: number): number | undefined {
  return value === undefined || other === undefined || other + added === 0 ? undefined : value / (other + added);
}

function known(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}
