/** The simulator as a process of its own, until Ctrl-C. */
import { readFileSync } from "node:fs";
import { messageOf } from "../../provider/errors";
import { type RecordedRequest, type Simulator, SimulatorError, startSimulator } from "../../simulator";
import { platforms } from "../../simulator/platforms/registry";
import { parseScenario, type Scenario } from "../../simulator/scenario";
import { CommandError } from "../command-error";
import type { SimulateOptions } from "./options";

/** @throws CommandError when it cannot listen there, or the scenario cannot be used. */
export async function runSimulator(options: SimulateOptions): Promise<void> {
  const simulator = await start(options);
  console.log(greeting(simulator));
  if (!options.quiet) simulator.subscribe((request) => printRequest(request));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}

async function start({ port, scenario, scenarioFile, readyAfter }: SimulateOptions): Promise<Simulator> {
  const detailed = scenarioFile === undefined ? {} : readScenarioFile(scenarioFile);
  try {
    return await startSimulator({
      port,
      scenario: { extends: scenario, ...detailed },
      ...(readyAfter === undefined ? {} : { readyAfterMs: readyAfter * 1000 }),
    });
  } catch (error) {
    throw new CommandError(describeStartError(error, port), { cause: error });
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

function readScenarioFile(file: string): Scenario {
  try {
    return parseScenario(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new CommandError(`option '--scenario-file <file>' argument '${file}' is invalid. ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `It is not JSON: ${error.message}.`;
  return error instanceof SimulatorError ? error.message : `It cannot be read: ${messageOf(error)}.`;
}
