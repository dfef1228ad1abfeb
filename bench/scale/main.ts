/**
 * `npm run bench:scale`: thousands of deployments over several accounts and stacks, by native plugins against the
 * simulator. The engine is left out: what it costs is known, and grows with the square of a stack.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { version } from "../../provider/version";
import { measureAccount, type PhaseFigures, type ScalePlan } from "./account";
import { report } from "./report";

const resultsFolder = join(__dirname, "..", "results");

async function main(plan: ScalePlan): Promise<void> {
  const machine = {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    package: version,
    load: loadavg()[0] ?? 0,
  };
  const floor = await measureAccount(0, { ...plan, stacks: 1, deployments: 1 });
  const accounts: PhaseFigures[][] = [];
  for (let number = 1; number <= plan.accounts; number++) {
    console.error(`account ${number} of ${plan.accounts}`);
    accounts.push(await measureAccount(number, plan));
  }
  const text = report(machine, plan, accounts, floor);
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, "scale.md"), text);
  const figures = { machine, plan, floor, accounts };
  writeFileSync(join(resultsFolder, "scale.json"), `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(text);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}

function readPlan(): ScalePlan {
  return new Command("bench:scale")
    .description("Takes many deployments over several accounts through their life, and counts requests and memory.")
    .option("--accounts <number>", "accounts, one after the other", wholeNumber, 10)
    .option("--stacks <number>", "stacks of each account, at once", wholeNumber, 5)
    .option("--deployments <number>", "deployments of each stack", wholeNumber, 200)
    .option("--slots <number>", "steps that each stack takes at a time", wholeNumber, 8)
    .option("--wait-seconds <number>", "how long all are waited for", wholeNumber, 20)
    .option("--requests-per-second <number>", "the setting of each stack", wholeNumber, 50)
    .parse()
    .opts<ScalePlan>();
}

main(readPlan()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
