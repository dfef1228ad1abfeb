/** `pulumi-inference simulate`: the simulator as a process of its own, until Ctrl-C. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { suggestion } from "../provider/inputs/suggestion";
import { type RecordedRequest, type Simulator, SimulatorError, startSimulator } from "../simulator";
import { platforms } from "../simulator/platforms/registry";
import { parseScenario, type Scenario, type ScenarioName, scenarioNames } from "../simulator/scenario";

interface SimulateOptions {
  port: number;
  scenario: ScenarioName;
  scenarioFile?: Scenario;
  /** Seconds. */
  readyAfter?: number;
  quiet: boolean;
}

export function simulateCommand(): Command {
  return new Command("simulate")
    .description("Serve the APIs of all platforms on 127.0.0.1, without an account and without a GPU")
    .option("--port <number>", "listen on this port; a free one by default", parsePort, 0)
    .option("--scenario <name>", `what happens: ${scenarioNames.join(", ")}`, parseScenarioName, "default")
    .option("--scenario-file <file>", "what happens in detail, as JSON; on top of --scenario", readScenarioFile)
    .option("--ready-after <seconds>", "from the start of a deployment until it serves", parseSeconds)
    .option("--quiet", "print no line per request", false)
    .action((options: SimulateOptions, command: Command) => simulate(options, command));
}

async function simulate(options: SimulateOptions, command: Command): Promise<void> {
  const simulator = await start(options, command);
  console.log(greeting(simulator));
  if (!options.quiet) simulator.subscribe((request) => printRequest(request));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}

async function start({ port, scenario, scenarioFile, readyAfter }: SimulateOptions, command: Command) {
  try {
    return await startSimulator({
      port,
      scenario: { extends: scenario, ...scenarioFile },
      ...(readyAfter === undefined ? {} : { readyAfterMs: readyAfter * 1000 }),
    });
  } catch (error) {
    return command.error(`error: ${describeStartError(error, port)}`);
  }
}

function describeStartError(error: unknown, port: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") return `port ${port} is in use; give another one, or leave --port out to take a free one`;
  if (code === "EACCES") return `port ${port} needs more rights; give one above 1023, or leave --port out`;
  return error instanceof Error ? error.message : String(error);
}

/** The lines to paste: nothing in them is secret, since the simulator's credentials are fakes. */
function greeting(simulator: Simulator): string {
  const titles = platforms.map(({ title }) => title).join(", ");
  const exports = platforms.map(({ id, title }) => {
    const variables = Object.entries(simulator.environment(id)).map(([name, value]) => `${name}=${value}`);
    return `# ${title}\nexport ${variables.join(" ")}`;
  });
  return [
    `The simulator of ${titles} listens at ${simulator.url}`,
    "Open that address in a browser to watch it. To point a stack at it, paste:",
    ...exports,
    "Ctrl-C ends it; deployments are forgotten then.\n",
  ].join("\n\n");
}

/** One line when a request is answered, or was kept from an answer. */
function printRequest({ atMs, platform, method, path, status, fault, violations }: RecordedRequest): void {
  if (status === undefined && fault === undefined) return;
  const time = new Date(atMs).toTimeString().slice(0, 8);
  const injected = fault === "status" ? "injected" : fault;
  const outcome = [status, injected].filter((word) => word !== undefined).join(" ");
  console.log(`${time}  ${platform.padEnd(10)} ${method.padEnd(6)} ${path}  ${outcome}`);
  for (const violation of violations) console.log(`          must not be sent: ${violation}`);
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

function readScenarioFile(file: string): Scenario {
  try {
    return parseScenario(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidArgumentError(`It is not JSON: ${error.message}.`);
    if (error instanceof SimulatorError) throw new InvalidArgumentError(error.message);
    throw new InvalidArgumentError(`It cannot be read: ${(error as Error).message}.`);
  }
}
