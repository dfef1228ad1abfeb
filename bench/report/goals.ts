/** What the project wants to reach, and whether this run did. */
import type { Command } from "../measurement";
import { largestCount } from "../plan";
import { factsOf, type Program } from "../programs";
import type { Results } from "../results";
import { codeBytes, cpu, firstRequest, providerPeak, requests, requestsPerDeployment, wall } from "./figures";
import { floorOf, medianOf, ratioOf, runsOf, type Subject } from "./selection";
import { quantile } from "./statistics";
import { type Cell, fixed, table } from "./tables";

export interface Goal {
  what: string;
  program: Program;
  atMost: number;
  unit?: string;
  digits: number;
  /** Undefined when the run did not measure it. */
  measured: number | undefined;
  /** The same ratio in processor time, which other work on the machine hardly moves. It decides nothing. */
  processorTime?: number | undefined;
}

/** What most of them are meant for: in a small stack nothing of Pulumi's is a tenth of a script. */
export const goalCount = 100;

export function goalTable(results: Results): string {
  const rows = goalsOf(results).map((goal): Cell[] => {
    const { what, program, atMost, unit = "", digits, measured } = goal;
    const value = (number: number | undefined): string =>
      number === undefined ? "–" : [fixed(number, digits), unit].filter(Boolean).join(" ");
    return [
      what,
      factsOf(program).title,
      `≤ ${value(atMost)}`,
      value(measured),
      fixed(goal.processorTime, 2),
      verdict(goal),
    ];
  });
  return table(["goal", "program", "at most", "measured", "in CPU time", ""], rows);
}

/** Compared as it was measured, not as it is shown. */
function verdict({ atMost, measured }: Goal): string {
  if (measured === undefined || Number.isNaN(measured)) return "not measured";
  return measured <= atMost ? "met" : "**not met**";
}

export function goalsOf(results: Results): Goal[] {
  return [...overFloor(results), ...whileWaiting(results), ...looks(results), ...sizes(results)];
}

function overFloor({ plan, measurements }: Results): Goal[] {
  const ratio = (program: Program, command: Command, atMost: number): Goal => {
    const subject: Subject = { program, command, count: largestCount(plan), readyAfterSeconds: 0 };
    const [measured, processorTime] = [wall, cpu].map((figure) =>
      ratioOf(measurements, subject, floorOf(subject), figure),
    );
    return { what: `${command}, ready at once / floor`, program, atMost, digits: 2, measured, processorTime };
  };
  const firstPost = (program: Program): Goal => {
    const subject: Subject = { program, command: "up", count: 1, readyAfterSeconds: 0 };
    const measured = ratioOf(measurements, subject, floorOf(subject), firstRequest);
    return { what: "first request, N = 1 / floor's first create", program, atMost: 1.05, digits: 2, measured };
  };
  return [
    ratio("dynamic", "up", 1.1),
    ratio("dynamic", "no-op up", 1.05),
    ratio("dynamic", "refresh", 1.1),
    ratio("dynamic", "destroy", 1.15),
    ratio("native", "up", 0.75),
    firstPost("dynamic"),
    firstPost("native"),
  ];
}

const fleets = ["dynamic-fleet", "native-fleet"] as const satisfies readonly Program[];

function whileWaiting({ plan, measurements }: Results): Goal[] {
  const { readyAfterSeconds } = plan;
  const after = `ready after ${readyAfterSeconds} s`;
  return fleets.flatMap((program): Goal[] => {
    const subject: Subject = { program, command: "up", count: largestCount(plan), readyAfterSeconds };
    const beside = (other: Program): number | undefined =>
      ratioOf(measurements, subject, { ...subject, program: other }, wall);
    const reactions = runsOf(measurements, subject).flatMap(({ wait }) => wait?.reactionSeconds ?? []);
    const floor = medianOf(measurements, floorOf(subject), providerPeak);
    const peak = medianOf(measurements, subject, providerPeak);
    const seconds = { unit: "s", digits: 2 };
    const overReady = ratioOf(measurements, subject, floorOf(subject), wall, readyAfterSeconds);
    const more = peak === undefined || floor === undefined ? undefined : peak - floor;
    const each = medianOf(measurements, subject, requestsPerDeployment);
    return [
      { what: `up, ${after} / (floor + ready)`, program, atMost: 1.15, digits: 2, measured: overReady },
      { what: `up, ${after} / naive`, program, atMost: 0.1, digits: 2, measured: beside("naive") },
      { what: `up, ${after} / curl loop`, program, atMost: 1 / 7, digits: 2, measured: beside("curl") },
      {
        ...{ what: `${after} → seen, 95 %`, program, ...seconds },
        ...{ atMost: reactionGoal(readyAfterSeconds), measured: quantile(reactions, 0.95) },
      },
      { what: `requests per deployment, ${after}`, program, atMost: 1.5, digits: 2, measured: each },
      { what: "provider's memory − floor's, waiting", program, atMost: 25, unit: "MB", digits: 0, measured: more },
    ];
  });
}

/** Short waits are seen at once; for longer ones a share of the wait, and never more than a watcher's patience. */
function reactionGoal(readyAfterSeconds: number): number {
  return readyAfterSeconds <= 120 ? 0.3 : Math.min(10, readyAfterSeconds * 0.02);
}

function looks({ plan, measurements }: Results): Goal[] {
  const { latencyMs } = plan;
  return (["dynamic", "native"] as const).flatMap((program) =>
    (["refresh --preview-only", "drift"] as const).flatMap((command): Goal[] => {
      const scene = { program, count: largestCount(plan), readyAfterSeconds: 0, latencyMs };
      const subject: Subject = { ...scene, command };
      const plain: Subject = { ...scene, command: "refresh --preview-only, one by one" };
      const asked = medianOf(measurements, subject, requests);
      const ratio = ratioOf(measurements, subject, plain, wall);
      return [
        { what: `requests of ${command}`, program, atMost: 3, digits: 0, measured: asked },
        { what: `${command} / one by one`, program, atMost: 0.5, digits: 2, measured: ratio },
      ];
    }),
  );
}

function sizes({ plan, measurements }: Results): Goal[] {
  const code = (program: Program): Goal => {
    const subject: Subject = { program, command: "up", count: largestCount(plan), readyAfterSeconds: 0 };
    const measured = medianOf(measurements, subject, codeBytes);
    return { what: "code in state per resource", program, atMost: 100, unit: "bytes", digits: 0, measured };
  };
  return [code("dynamic"), code("native")];
}
