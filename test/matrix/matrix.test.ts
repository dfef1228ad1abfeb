/** Faults at every point of every call, against the provider's own process. The real pauses of its retries pass. */
import { chosenCases, describeCase, type MatrixCase, matrixCases } from "./cases";
import { type Course, runCase } from "./course";
import { tableInDocs, tableOf } from "./figures";
import { judge, type Verdict } from "./judge";
import { type Lane, openLane } from "./lane";
import { inOrder } from "./pool";
import { subjects } from "./subjects";

interface Row extends Verdict {
  theCase: MatrixCase;
  course: Course;
}

const product = matrixCases();
const cases = chosenCases(product);

/** Refusals need connections of their own, and after `Retry-After` the provider asks nothing of the whole account. */
function laneOf({ fault }: MatrixCase): "any" | "refused" | "held" {
  if (fault === undefined) return "any";
  if (fault.strike === undefined) return "refused";
  return "retry-after" in (fault.strike.headers ?? {}) ? "held" : "any";
}
/** Side by side; more would only wait for the processor, and for the connections' own time-outs. */
const atOnce = 150;

let rows: Row[];
let violations: string[];
let leaks: unknown[];

async function runLane(chosen: MatrixCase[], refusesConnections: boolean): Promise<Row[]> {
  const lane = await openLane(refusesConnections);
  // Those that wait for the client's own minute go first, so that all else passes meanwhile.
  const hasTimeOut = ({ fault }: MatrixCase): boolean => fault?.lasting === "too-long";
  const first = [...chosen.filter(hasTimeOut), ...chosen.filter((one) => !hasTimeOut(one))];
  const ran = await inOrder(first, atOnce, async (theCase) => {
    const course = await runUntilStruck(lane, theCase);
    return { theCase, course, ...judge(theCase, course) };
  });
  violations.push(...lane.simulator.violations());
  leaks.push(...lane.leaks({ errors: ran.flatMap(({ course }) => course.errors).join("\n") }));
  await lane.close();
  return ran;
}

/** On a machine that stood still meanwhile, the deadline of a lasting fault may pass before its first request. */
async function runUntilStruck(lane: Lane, theCase: MatrixCase): Promise<Course> {
  const course = await runCase(lane, theCase);
  return course.struck === 0 && theCase.lasts ? runCase(lane, theCase) : course;
}

beforeAll(async () => {
  [violations, leaks] = [[], []];
  const lanes = ["any", "refused", "held"] as const;
  const ran = lanes.map((lane) =>
    runLane(
      cases.filter((one) => laneOf(one) === lane),
      lane === "refused",
    ),
  );
  rows = (await Promise.all(ran)).flat();
}, 900_000);

const named = (wrong: (row: Row) => boolean): string[] =>
  rows.filter(wrong).map(({ theCase, course }) => `${describeCase(theCase)}: ${JSON.stringify(course, undefined, 1)}`);

test("never are there two", () => {
  expect(named(({ duplicate }) => duplicate)).toEqual([]);
});

test("nothing runs that no state knows, nor after destroy", () => {
  expect(named(({ orphan }) => orphan)).toEqual([]);
});

test("up and destroy get through from wherever it stands", () => {
  expect(named(({ stuck }) => stuck)).toEqual([]);
});

test("each fault has struck, and each message says of what it speaks and what to do", () => {
  expect(
    rows.flatMap(({ theCase, complaints }) => complaints.map((one) => `${describeCase(theCase)}: ${one}`)),
  ).toEqual([]);
});

test("no secret is shown, logged or left on the disk", () => {
  expect(leaks).toEqual([]);
});

test("no request is one that a client must not send", () => {
  expect(violations).toEqual([]);
});

// The cases of the table are those of the product: what is wrong with one that is played is wrong with the table.
test("the docs hold what was measured", () => {
  const figures = subjects.map(({ platform, title }) => {
    const own = rows.filter(({ theCase }) => theCase.platform === platform);
    const { length } = product.filter((theCase) => theCase.platform === platform);
    const count = (wrong: (row: Row) => boolean): number => own.filter(wrong).length;
    const [duplicates, orphans, stuck] = [
      count((row) => row.duplicate),
      count((row) => row.orphan),
      count((row) => row.stuck),
    ];
    return { platform: title, cases: length, duplicates, orphans, stuck };
  });
  const measured = tableOf(figures);
  process.stdout.write(`\nFaults of requests, ${rows.length} of ${product.length} cases\n${measured}\n`);

  expect(tableInDocs("Faults of requests")).toBe(measured);
});
