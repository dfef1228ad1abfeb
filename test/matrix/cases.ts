/** The product of platforms, calls, points and faults, and what is left out of it, with the reason. */
import type { PlatformId } from "../../simulator";
import { type MatrixFault, matrixFaults } from "./faults";
import { type MatrixCall, subjects } from "./subjects";

/**
 * The request of a call that the fault strikes.
 *
 * - `look`: the first one that reads, before anything is asked for.
 * - `request`: the one that asks for what the call is about.
 * - `removal`: of a replacement, the one that removes the old deployment.
 * - `wait`: the first one that reads after it.
 * - `save`: none; the engine is killed during the wait, and what the provider answers is thrown away.
 */
export type Point = "look" | "request" | "removal" | "wait" | "save";

export interface MatrixCase {
  /** Part of the names of everything that belongs to the case: `case0042`. */
  name: string;
  platform: PlatformId;
  call: MatrixCall;
  point: Point;
  fault: MatrixFault | undefined;
  /** Until the operation has ended; otherwise one request is struck. */
  lasts: boolean;
}

const pointsOf: Record<MatrixCall, readonly Point[]> = {
  create: ["look", "request", "wait", "save"],
  // Goes on with the wait of a create that was late.
  wait: ["look", "wait", "save"],
  update: ["look", "request", "wait", "save"],
  scale: ["look", "request", "wait", "save"],
  replace: ["look", "request", "removal", "wait", "save"],
  // Reading is all that it does.
  read: ["look", "save"],
  // No platform is asked anything before a removal.
  delete: ["request", "wait", "save"],
};

/** Numbered in order: the names are the same in each run. */
export function matrixCases(): MatrixCase[] {
  const all = subjects.flatMap(({ platform, looksBeforeCreate }) =>
    (Object.keys(pointsOf) as MatrixCall[]).flatMap((call) =>
      pointsOf[call]
        .filter((point) => point !== "look" || looksBeforeCreate || (call !== "create" && call !== "replace"))
        .flatMap((point) => faultsAt(point).map((fault) => ({ platform, call, point, ...fault }))),
    ),
  );
  return all.map((one, index) => ({ name: `case${String(index + 1).padStart(4, "0")}`, ...one }));
}

/**
 * What each run of the tests plays: all that strike once; and of those that last, each fault at each point on one
 * platform, in turn, so that each platform meets each fault and each point. `MATRIX_CASES=all` plays the product.
 */
export function chosenCases(all: readonly MatrixCase[], choice = process.env["MATRIX_CASES"]): MatrixCase[] {
  return choice === "all" ? [...all] : all.filter((one) => !one.lasts || isInTurn(one, all));
}

function isInTurn({ platform, call, point, fault }: MatrixCase, all: readonly MatrixCase[]): boolean {
  const same = all.filter((one) => one.lasts && one.call === call && one.point === point && one.fault === fault);
  const sort = pointsInTurn.filter((one) => isChange(one.point) === isChange(point));
  const turn = sort.findIndex((one) => one.call === call && one.point === point);
  const number = turn + matrixFaults.findIndex((one) => one === fault);
  return same[number % same.length]?.platform === platform;
}

const pointsInTurn = (Object.keys(pointsOf) as MatrixCall[]).flatMap((call) =>
  pointsOf[call].map((point) => ({ call, point })),
);

export function describeCase({ name, platform, call, point, fault, lasts }: MatrixCase): string {
  const what = fault === undefined ? "engine killed" : `${fault.name}${lasts ? ", lasting" : ""}`;
  return `${name}: ${platform} ${call}, ${point}, ${what}`;
}

function faultsAt(point: Point): Pick<MatrixCase, "fault" | "lasts">[] {
  if (point === "save") return [{ fault: undefined, lasts: false }];
  return matrixFaults
    .filter(({ ofReads }) => isChange(point) || ofReads)
    .flatMap((fault) => [{ fault, lasts: false }, ...(fault.lasting === "differs" ? [{ fault, lasts: true }] : [])]);
}

function isChange(point: Point): boolean {
  return point === "request" || point === "removal";
}
