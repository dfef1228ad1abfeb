/** `npm run bench:startup`: what it takes to load the package, in each of the processes that load it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { cases } from "./cases";
import { startReport, startResults } from "./report";
import { type StartFigures, start } from "./start";

const resultsFolder = join(__dirname, "..", "results");

async function main({ runs }: { runs: number }): Promise<void> {
  const figures = new Map<string, StartFigures[]>(cases.map(({ name }) => [name, []]));
  // In turn, so that whatever else the machine does meets all of them; the first round only warms the files up.
  for (let round = 0; round <= runs; round++) {
    for (const one of cases) {
      const measured = await start(one);
      if (round > 0) figures.get(one.name)?.push(measured);
    }
  }
  const results = startResults(cases, figures);
  const text = `${startReport(results)}\n`;
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, "startup.md"), text);
  writeFileSync(
    join(resultsFolder, "startup.json"),
    `${JSON.stringify({ date: new Date().toISOString(), node: process.version, runs, results }, undefined, 2)}\n`,
  );
  console.log(text);
}

function parseRuns(text: string): number {
  const runs = Number(text);
  if (Number.isInteger(runs) && runs > 0) return runs;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}

void new Command("bench:startup")
  .description("Measure how the package starts, from dist/, beside what starts without it")
  .option("--runs <number>", "rounds of which the medians are taken", parseRuns, 7)
  .action(main)
  .parseAsync();
