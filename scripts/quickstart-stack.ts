/** The quickstart stack: the program of the root's Pulumi.yaml, with its state inside this project. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Engine, engineEnvironment, projectRoot } from "../engine/engine";
import { isAlive } from "../engine/lock";

export const stateFolder = join(projectRoot, ".state");
const projectName = "quickstart";
const stackName = "local";
const backend = join(stateFolder, "backend");

export interface QuickstartStack {
  /** Runs a command on the user's terminal. */
  show(...parameters: string[]): ShownCommand;
  /** Makes the stack when it isn't there, and clears what an earlier run left that was killed. */
  prepare(): Promise<void>;
  outputs(): Promise<Record<string, string>>;
}

export interface ShownCommand {
  /** The exit code; 130 after a signal. */
  readonly code: Promise<number>;
  /** Asks it to end in order, as Ctrl-C does. */
  interrupt(): void;
}

/** A mistake of use, or of the circumstances; the message is meant for the user. */
export class QuickstartError extends Error {
  override readonly name = "QuickstartError";
}

/** @param variables added to the environment: where the platform is, and its key. */
export function openQuickstart(engine: Engine, variables: Record<string, string>): QuickstartStack {
  for (const folder of [backend, join(stateFolder, "home")]) mkdirSync(folder, { recursive: true });
  const environment = { ...engineEnvironment(engine, withoutPulumi(process.env)), ...pulumiEnvironment, ...variables };

  const quiet = async (...parameters: string[]): Promise<string> => {
    const all = [...parameters, "--stack", stackName, "--non-interactive", "--color", "never"];
    try {
      return (await promisify(execFile)("pulumi", all, { cwd: projectRoot, env: environment })).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new QuickstartError(`\`pulumi ${parameters.join(" ")}\` failed: ${stdout}${stderr}`);
    }
  };

  return {
    show: (...parameters) => showCommand([...parameters, "--stack", stackName], environment),
    async prepare() {
      if (readFolder(join(backend, ".pulumi", "stacks", projectName)).length === 0) {
        await quiet("stack", "init");
      }
      if (findLock() !== undefined) await quiet("cancel", "--yes");
      const { deployment } = JSON.parse(await quiet("stack", "export")) as PendingState;
      if ((deployment.pending_operations ?? []).length > 0) {
        console.log("An earlier run was killed while it deployed; what it left in the state is cleared first.");
        await quiet("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
      }
    },
    outputs: async () => JSON.parse(await quiet("stack", "output", "--json")) as Record<string, string>,
  };
}

interface PendingState {
  deployment: { pending_operations?: unknown[] };
}

/** Nothing here is secret: the stack holds a fake key at most. */
const pulumiEnvironment = {
  PULUMI_HOME: join(stateFolder, "home"),
  PULUMI_BACKEND_URL: `file://${backend}`,
  PULUMI_CONFIG_PASSPHRASE: "quickstart",
  PULUMI_SKIP_UPDATE_CHECK: "true",
};

/** A login or a stack of the user's own is not for this. */
function withoutPulumi(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PULUMI_")));
}

/**
 * On a terminal, Ctrl-C reaches the command by itself, since it belongs to the same process group. Elsewhere it gets
 * a group of its own, so that a signal to the whole group doesn't reach it twice: a second one ends it at once, and
 * loses what it was doing.
 */
function showCommand(parameters: string[], environment: NodeJS.ProcessEnv): ShownCommand {
  const onTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const child: ChildProcess = spawn("pulumi", parameters, {
    cwd: projectRoot,
    env: environment,
    stdio: "inherit",
    detached: !onTerminal,
  });
  return {
    code: new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? 130));
    }),
    interrupt: () => {
      if (!onTerminal) child.kill("SIGINT");
    },
  };
}

/** A lock of the stack whose owner is gone, which only `pulumi cancel` removes. */
function findLock(): string | undefined {
  const folder = join(backend, ".pulumi", "locks", "organization", projectName, stackName);
  const [name] = readFolder(folder).filter((file) => file.endsWith(".json"));
  if (name === undefined) return undefined;
  const { pid } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { pid?: number };
  if (pid !== undefined && isAlive(pid)) {
    throw new QuickstartError(
      `Process ${pid} still works on this stack; wait for its end, or end it (\`kill -INT ${pid}\`), and run this ` +
        `again. If that process isn't Pulumi, remove ${join(folder, name)}.`,
    );
  }
  return name;
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
