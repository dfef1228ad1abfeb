/**
 * Pulumi's host for dynamic resources, or the native plugin, as a process, called as the engine calls it, without the command line: a call
 * takes milliseconds, and what only the protocol shows can be asserted on.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../engine/engine";
import { lateLoading } from "../late-loading";
import { type Client, dynamicDialect, nativeDialect, providerCalls, type ProviderCalls } from "./calls";
import { type LogLine, startLogEngine } from "./log-engine";
import { grpc, providerService } from "./protocol";

export { CallError } from "./protocol";
export type { LogLine } from "./log-engine";

export interface ProviderProcessOptions {
  /** What stands in state as `__provider`, which is added to all properties that are sent; absent for the plugin. */
  providerText?: string;
  /** Full keys, as the engine hands them over: `inference:deepinfraApiKey`. Secrets are plain texts. */
  config?: Record<string, string>;
  environment?: Record<string, string>;
  /** From where the text's modules are loaded; this project, unless given. */
  folder?: string;
}

export interface ProviderProcess extends ProviderCalls {
  /** What the provider told the engine to show. */
  readonly log: LogLine[];
  waitForLog(pattern: RegExp): Promise<LogLine>;
  /** What the process itself wrote. */
  output(): string;
  /** The exit code, once it has ended; null after a signal. */
  readonly exited: Promise<number | null>;
  /** The same process, called for resources whose state holds another text. */
  withText(providerText: string): ProviderCalls;
  /** The engine is gone, as after `kill -9`; the process is left alone. */
  loseEngine(): void;
  /** As the engine ends its providers: SIGINT. */
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export async function startProviderProcess(options: ProviderProcessOptions): Promise<ProviderProcess> {
  const engine = await startLogEngine();
  const { providerText } = options;
  const dynamicHost = require.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
  const host = providerText === undefined ? join(projectRoot, "bin", "pulumi-resource-inference") : dynamicHost;
  // Notes on creations are kept there, and those of another test, or of the user, must not be found.
  const home = mkdtempSync(join(tmpdir(), "pulumi-inference-home-"));
  const child = spawn(process.execPath, [host, engine.address], {
    cwd: options.folder ?? projectRoot,
    env: { ...process.env, NODE_OPTIONS: lateLoading, PULUMI_HOME: home, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "close").then(([code]) => code as number | null);
  const output = collectOutput(child);
  const port = await readPort(child, output);
  const client = new providerService.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  ) as unknown as Client & { close(): void };
  const calls = providerCalls(client, providerText === undefined ? nativeDialect : dynamicDialect(providerText));
  await calls.configure(options.config ?? {});

  return {
    ...calls,
    log: engine.lines,
    waitForLog: engine.waitForLine,
    output,
    exited,
    withText: (text) => providerCalls(client, dynamicDialect(text)),
    loseEngine: engine.close,
    signal: (signal) => void child.kill(signal),
    stop: async () => {
      client.close();
      engine.close();
      child.kill("SIGKILL");
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function collectOutput(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  }
  return () => output;
}

/** The host's first line. */
function readPort(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", () => {
      const port = /^(\d+)\n/.exec(output())?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once("close", () => reject(new Error(`The host ended at once: ${output()}`)));
  });
}
