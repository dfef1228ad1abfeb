/** A stack of the real engine: temporary folders, a local backend, and the commands a user types. */
import type { Stack as AutomationStack } from "@pulumi/pulumi/automation";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lateLoading } from "../late-loading";
import { type OperationResult, type RunningOperation, startOperation } from "./operation";
import { type Install, makeStackFolder, type Program, type StackFolder, writeProgram } from "./stack-folder";
import { killProcesses, processesWith, type StackProcess } from "./stack-processes";

export type Command = "up" | "preview" | "refresh" | "destroy";

export interface StackOptions {
  program: Program;
  /** Full keys: `inference:deepinfraApiKey`. */
  config?: Config;
  /** Added to the environment of every command: what `simulator.environment()` returns. */
  environment?: Record<string, string>;
  /** Puts `node_modules` into the project; a link to this project's own unless given. */
  install?: Install;
  /** False leaves it to the test to make the stack. */
  init?: boolean;
}

export type Config = Record<string, string | { secret: string }>;

export interface CommandOptions {
  /** More parameters: `["--target", urn]`. */
  parameters?: string[];
  /** The command must fail; without it, the command must succeed. */
  expectFailure?: boolean;
}

/** The part of an exported state that tests look at. */
export interface ExportedState {
  deployment: {
    resources?: ExportedResource[];
    pending_operations?: { type: string; resource: ExportedResource }[];
  };
}

export interface ExportedResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

export interface Stack {
  /** Holds `project`, `home` and `backend`. */
  readonly folder: string;
  readonly project: string;
  /** Without a preview before it; `preview` is a command of its own. */
  up(options?: CommandOptions): Promise<OperationResult>;
  preview(options?: CommandOptions): Promise<OperationResult>;
  refresh(options?: CommandOptions): Promise<OperationResult>;
  destroy(options?: CommandOptions): Promise<OperationResult>;
  /** Starts a command and returns at once, to send it signals or look at it while it runs. */
  start(command: Command, parameters?: string[]): RunningOperation;
  /** Any other command of the CLI: `pulumi("cancel", "--yes")`. Must succeed. */
  pulumi(...parameters: string[]): Promise<OperationResult>;
  /** Lines as a user types them into a shell that is in the project. Must succeed. */
  shell(lines: string): Promise<OperationResult>;
  outputs(): Promise<Record<string, unknown>>;
  /** Secrets encrypted, as in the backend. */
  exportState(): Promise<ExportedState>;
  /** A resource of the state by its name in the program. */
  resource(name: string): Promise<ExportedResource | undefined>;
  setProgram(program: Program): void;
  setConfig(config: Config): Promise<void>;
  /** For all commands to come; undefined removes a variable. */
  setEnvironment(environment: Record<string, string | undefined>): void;
  /** The stack as Pulumi's Automation API drives it, with variables of this environment beside those of all commands. */
  automation(environment?: Record<string, string>): Promise<AutomationStack>;
  /** Every process of this stack that is alive: the engine, and what it started. */
  processes(): StackProcess[];
  /** Kills what runs and removes the folders. Nothing is destroyed first: platforms are simulated. */
  remove(): void;
}

export async function openStack(options: StackOptions): Promise<Stack> {
  const { program, config, environment = {}, install, init = true } = options;
  const folder = makeStackFolder(program, install);
  const variables: NodeJS.ProcessEnv = {
    ...cleanEnvironment(),
    ...pulumiEnvironment(folder),
    ...(install === undefined ? { NODE_OPTIONS: lateLoading } : {}),
    ...environment,
  };
  let operations = 0;

  const start = (parameters: string[], logged: boolean): RunningOperation => {
    const eventLog = join(folder.root, `events-${++operations}.json`);
    const all = [...parameters, "--non-interactive", "--color", "never", ...(logged ? ["--event-log", eventLog] : [])];
    const invocation = { command: "pulumi", parameters: all, folder: folder.project } as const;
    return startOperation({ ...invocation, environment: variables, eventLog });
  };
  const startCommand = (command: Command, parameters: string[] = []) =>
    start([command, ...commandParameters[command], ...parameters], true);
  const run = async (command: Command, options: CommandOptions = {}) =>
    judge(`pulumi ${command}`, await startCommand(command, options.parameters).result, options.expectFailure);
  const pulumi = async (...parameters: string[]) =>
    judge(`pulumi ${parameters.join(" ")}`, await start(parameters, false).result);

  const stack: Stack = {
    folder: folder.root,
    project: folder.project,
    up: (options) => run("up", options),
    preview: (options) => run("preview", options),
    refresh: (options) => run("refresh", options),
    destroy: (options) => run("destroy", options),
    start: startCommand,
    pulumi,
    shell: async (lines) => judge(lines, await startShell(folder, lines, variables).result),
    outputs: async () => parse((await pulumi("stack", "output", "--json", "--show-secrets")).stdout),
    exportState: () => Promise.resolve({ deployment: readState(folder) }),
    resource: async (name) => {
      const { deployment } = await stack.exportState();
      return deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
    },
    setProgram: (next) => writeProgram(folder.project, next),
    setConfig: async (next) => void (await pulumi("config", "set-all", ...configParameters(next))),
    setEnvironment: (next) => void Object.assign(variables, next),
    automation: async (environment = {}) => {
      // It costs a second, which few files need.
      const { LocalWorkspace } = await import("@pulumi/pulumi/automation");
      return LocalWorkspace.selectStack(
        { stackName: "test", workDir: folder.project },
        { envVars: { ...(variables as Record<string, string>), ...environment } },
      );
    },
    processes: () => processesWith(`PULUMI_HOME=${folder.home}`),
    remove: () => {
      killProcesses(stack.processes());
      rmSync(folder.root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    if (init) await pulumi("stack", "init", "test");
    if (config !== undefined) await stack.setConfig(config);
  } catch (error) {
    stack.remove(); // Nobody else knows of it yet.
    throw error;
  }
  return stack;
}

const commandParameters: Record<Command, string[]> = {
  up: ["--yes", "--skip-preview"],
  preview: [],
  refresh: ["--yes", "--skip-preview"],
  destroy: ["--yes", "--skip-preview"],
};

/** What belongs to the person who runs the tests must not reach the stack: a login, a key, a proxy. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const personal = /^(PULUMI_|DEEPINFRA_|KORE_|OPENSEARCH_|FOUNDRY_|NODE_OPTIONS$|(https?|all)_proxy$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !personal.test(name)));
}

function pulumiEnvironment({ home, backend }: { home: string; backend: string }): Record<string, string> {
  return {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Allows `--event-log`.
    PULUMI_DEBUG_COMMANDS: "true",
  };
}

/** Nobody is there to confirm. */
function startShell({ root, project }: StackFolder, lines: string, variables: NodeJS.ProcessEnv): RunningOperation {
  return startOperation({
    command: "sh",
    parameters: ["-ec", lines],
    folder: project,
    environment: { ...variables, PULUMI_SKIP_CONFIRMATIONS: "true" },
    eventLog: join(root, "no-events.json"),
  });
}

function configParameters(config: Config): string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    typeof value === "string" ? ["--plaintext", `${key}=${value}`] : ["--secret", `${key}=${value.secret}`],
  );
}

function judge(command: string, result: OperationResult, expectFailure = false): OperationResult {
  if ((result.code !== 0) === expectFailure) return result;
  const ending = result.signal ?? `exit code ${result.code}`;
  throw new Error(`${command} ended with ${ending}; it should ${expectFailure ? "fail" : "succeed"}:\n${result.text}`);
}

/** From the backend's own file, which costs no run of the command. There is one project, whatever its name is. */
function readState({ backend }: StackFolder): ExportedState["deployment"] {
  const stacks = join(backend, ".pulumi", "stacks");
  const [project = ""] = readdirSync(stacks);
  const { checkpoint } = parse<{ checkpoint: { latest?: ExportedState["deployment"] } }>(
    readFileSync(join(stacks, project, "test.json"), "utf8"),
  );
  return checkpoint.latest ?? {};
}

function parse<T>(text: string): T {
  return JSON.parse(text) as T;
}
