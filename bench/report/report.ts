/** The report. Nothing here is measured, and nothing is known beforehand. */
import { type Command, detections } from "../measurement";
import { largestCount } from "../plan";
import { factsOf } from "../programs";
import type { Results } from "../results";
import { goalCount, goalTable } from "./goals";
import { memoryTable, requestTable, stateTable } from "./sizes";
import { fixed } from "./tables";
import { commandTable, readyAtOnceTable, slowPlatformTable, waitTable } from "./times";

export function report(results: Results): string {
  const { plan, measurements } = results;
  const largest = largestCount(plan);
  const slowCommands: readonly Command[] = ["up", ...detections, "refresh", "destroy"];
  const sections = [
    `# Benchmark results\n\n${facts(results)}`,
    section("Goals", goalTable(results), goalNote(largest)),
    section("Up, ready at once", readyAtOnceTable(measurements), "Seconds."),
    section(
      `Up, ready after ${plan.readyAfterSeconds} s`,
      waitTable(measurements),
      "Seconds. `tail` is from the last readiness to the end of the command.",
    ),
    section("Other commands", commandTable(measurements), "The platform was ready at once."),
    section(
      `Answers after ${plan.latencyMs} ms`,
      slowPlatformTable(measurements, slowCommands),
      "`one by one` is Pulumi's own refresh with each deployment read by itself.",
    ),
    section(
      "Requests per deployment",
      requestTable(measurements, largest),
      `As the simulator received them. N = ${largest}.`,
    ),
    section("State, bytes per resource", stateTable(measurements), "`code` is `__provider`, inputs and outputs."),
    section(
      "Peak memory, MB",
      memoryTable(measurements, largest),
      `Resident. \`tree\` is the engine and all its children. N = ${largest}.`,
    ),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function goalNote(count: number): string {
  const meant = count === goalCount ? "" : ` The goals are meant for N = ${goalCount}.`;
  return `N = ${count} unless it says otherwise. Ratios are of runs taken in turn.${meant}`;
}

function facts({ machine, plan }: Results): string {
  const { date, cores, memoryGibibytes, system, node, engine, sdk, package: version, loads } = machine;
  const leftOut = plan.leftOut.map((program) => factsOf(program).title).join(", ");
  return (
    `${date.slice(0, 10)}, ${cores} cores, ${memoryGibibytes} GiB, ${system}, Node ${node}, Pulumi ${engine}, ` +
    `SDK ${sdk}, pulumi-inference ${version}, medians of ${plan.runs} ${plan.runs === 1 ? "run" : "runs"}. ` +
    `Load ${fixed(loads[0], 1)} before and ${fixed(loads[1], 1)} at the end: where other work took part of the ` +
    "cores, trust the processor time more than the seconds." +
    (leftOut === "" ? "" : ` Not measured, since this machine cannot run it: ${leftOut}.`)
  );
}

function section(title: string, rows: string, note: string): string {
  return rows === "" ? "" : `## ${title}\n\n${note}\n\n${rows}`;
}
