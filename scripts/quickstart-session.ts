/** What `npm run up` and `npm run down` have in common: engine, simulator, stack, and an end that leaves nothing. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Engine, EngineError, projectRoot } from "../engine/engine";
import { findEngine } from "../engine/find-engine";
import { type Lock, tryLock } from "../engine/lock";
import { type QuickstartSimulator, startQuickstartSimulator } from "./quickstart-simulator";
import {
  openQuickstart,
  QuickstartError,
  type QuickstartStack,
  type ShownCommand,
  stateFolder,
} from "./quickstart-stack";

export interface Session {
  engine: Engine;
  simulator: QuickstartSimulator;
  stack: QuickstartStack;
  /** Shows the command, runs it on the terminal, and throws `CommandFailed` unless it succeeds. */
  run(...parameters: string[]): Promise<void>;
}

/** Runs `work`, then stops what was started; after Ctrl-C too. Sets the exit code. */
export async function withQuickstart(work: (session: Session) => Promise<void>): Promise<void> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const terminal = guardTerminal(close);
  try {
    build();
    const engine = await findEngine();
    const lock = takeLock();
    closers.push(() => lock.release());
    const simulator = await startQuickstartSimulator(stateFolder);
    closers.push(() => simulator.close());
    console.log(`Pulumi ${engine.version} from ${engine.bin}`);
    console.log(`A simulator of DeepInfra listens at ${simulator.url}; open it in a browser to watch it.`);
    const stack = openQuickstart(engine, simulator.environment);
    await stack.prepare();
    await work({ engine, simulator, stack, run: (...parameters) => terminal.run(stack, parameters) });
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    await close();
    terminal.release();
  }
}

/** It has told on the terminal why. */
class CommandFailed extends Error {
  constructor(
    readonly command: string,
    readonly code: number,
  ) {
    super(command);
  }
}

/**
 * Turns signals into an orderly end. While a command runs they are the command's: Pulumi ends a wait after one Ctrl-C,
 * saves its state, and says what is left.
 */
function guardTerminal(close: () => Promise<void>) {
  let command: ShownCommand | undefined;
  const interrupted = () => {
    if (command !== undefined) command.interrupt();
    else void close().then(() => process.exit(130));
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  signals.forEach((signal) => process.on(signal, interrupted));
  return {
    async run(stack: QuickstartStack, parameters: string[]): Promise<void> {
      console.log(`\n$ pulumi ${parameters.join(" ")}`);
      command = stack.show(...parameters);
      const code = await command.code;
      command = undefined;
      if (code !== 0) throw new CommandFailed(`pulumi ${parameters.join(" ")}`, code);
    },
    release: () => signals.forEach((signal) => process.off(signal, interrupted)),
  };
}

/** Stacks load the built package. */
function build(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: projectRoot, stdio: "inherit" });
}

function takeLock(): Lock {
  const lock = tryLock(join(stateFolder, "lock"));
  if ("release" in lock) return lock;
  throw new QuickstartError(`Process ${lock.owner} is running the quickstart; wait for its end, and run this again.`);
}

function report(error: unknown): number {
  if (error instanceof CommandFailed) {
    console.error(`\n\`${error.command}\` ended with exit code ${error.code}. Run this again to go on from here.`);
    return error.code;
  }
  console.error(error instanceof QuickstartError || error instanceof EngineError ? error.message : error);
  return 1;
}
