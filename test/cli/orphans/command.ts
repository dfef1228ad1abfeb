/** The command `orphans` in this process: against a simulator, with a terminal that records, and states in files. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OrphansOptions } from "../../../cli/orphans/options";
import { runOrphans } from "../../../cli/orphans/run";
import type { Simulator } from "../../../simulator";

export interface Ran {
  /** What was thrown instead. */
  error?: string;
  code?: number;
  /** The report. */
  report: string;
  /** All that was shown, the questions too. */
  shown: string;
}

export interface Desk {
  folder: string;
  /** Writes a state of the resources; gives the file's name. */
  state(name: string, resources: object[], pending?: object[]): string;
  /** A record of a run that was interrupted. */
  record(name: string, content: object | string): void;
  /** @param answer what the user types; undefined where there is no terminal. */
  run(options: Partial<OrphansOptions>, answer?: string, signal?: AbortSignal): Promise<Ran>;
  environment: Record<string, string>;
  close(): void;
}

/** @param simulator gives the credentials of all platforms. */
export function openDesk(simulator: Simulator): Desk {
  const folder = mkdtempSync(join(tmpdir(), "orphans-"));
  const environment: Record<string, string> = { ...simulator.environment(), PULUMI_HOME: join(folder, "home") };
  const write = (name: string, content: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  return {
    folder,
    environment,
    state: (name, resources, pending = []) =>
      write(name, { version: 3, deployment: { resources, pending_operations: pending } }),
    record(name, content) {
      const intents = join(folder, "home", "pulumi-inference", "intents");
      mkdirSync(intents, { recursive: true });
      writeFileSync(join(intents, name), typeof content === "string" ? content : JSON.stringify(content));
    },
    run: (options, answer, signal = new AbortController().signal) =>
      run({ ...defaults, cwd: folder, ...options }, environment, signal, answer),
    close: () => rmSync(folder, { recursive: true }),
  };
}

const defaults: OrphansOptions = {
  cwd: ".",
  stack: [],
  allStacks: false,
  state: [],
  withoutStacks: false,
  model: [],
  format: "text",
  yes: false,
};

async function run(
  options: OrphansOptions,
  environment: Record<string, string>,
  signal: AbortSignal,
  answer?: string,
): Promise<Ran> {
  const ran: Ran = { report: "", shown: "" };
  const tell = (text: string): void => void (ran.shown += text);
  const ask = (question: string): Promise<string> => {
    tell(question);
    return Promise.resolve(answer ?? "");
  };
  const write = (text: string): void => {
    ran.report += text;
    tell(text);
  };
  const terminal = { write, tell, colours: false, ...(answer === undefined ? {} : { ask }) };
  try {
    ran.code = await runOrphans(options, environment, terminal, signal);
  } catch (error) {
    ran.error = (error as Error).message;
  }
  return ran;
}

export const project = "urn:pulumi:dev::shop";

/** A deployment as an exported state has it. */
export function resource(id: string, more: object = {}): object {
  const type = "pulumi-nodejs:dynamic/inference:ModelDeployment";
  return { urn: `${project}::${type}::${id.replace(/\W/g, "-")}`, type, id, custom: true, ...more };
}

export function liveResource(id: string, inputs: object): object {
  const type = "pulumi-nodejs:dynamic/inference:LiveDeployment";
  return { urn: `${project}::${type}::live`, type, id, custom: true, inputs };
}

/** An explicit provider, or the default one. */
export function provider(name: string, inputs: object): { urn: string; reference: string; resource: object } {
  const type = "pulumi:providers:pulumi-nodejs";
  const urn = `${project}::${type}::${name}`;
  return { urn, reference: `${urn}::4ae08321`, resource: { urn, type, id: "4ae08321", custom: true, inputs } };
}

export const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };

export function secret(value: string): object {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: JSON.stringify(value) };
}
