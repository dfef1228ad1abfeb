/** `pulumi-inference simulate`: the simulated platforms for everybody on this machine. */
import { Command, InvalidArgumentError } from "commander";
import { suggestion } from "../../provider/inputs/suggestion";
import { type ScenarioName, scenarioNames } from "../../simulator/scenario-names";
import { CommandError } from "../command-error";
import type { SimulateOptions } from "./options";

export function simulateCommand(): Command {
  return new Command("simulate")
    .description("Serve the APIs of all platforms on 127.0.0.1, without an account and without a GPU")
    .option("--port <number>", "listen on this port; a free one by default", parsePort, 0)
    .option("--scenario <name>", `what happens: ${scenarioNames.join(", ")}`, parseScenarioName, "default")
    .option("--scenario-file <file>", "what happens in detail, as JSON; on top of --scenario")
    .option("--ready-after <seconds>", "from the start of a deployment until it serves", parseSeconds)
    .option("--quiet", "print no line per request", false)
    .action((options: SimulateOptions, command: Command) => act(options, command));
}

async function act(options: SimulateOptions, command: Command): Promise<void> {
  const { runSimulator } = await import("./run");
  try {
    await runSimulator(options);
  } catch (error) {
    if (error instanceof CommandError) return command.error(`error: ${error.message}`);
    throw error;
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new InvalidArgumentError("It must be a number of seconds, 0 or more.");
}

function parseScenarioName(text: string): ScenarioName {
  const found = scenarioNames.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`There is no such scenario${suggestion(text, scenarioNames)}.`);
}
