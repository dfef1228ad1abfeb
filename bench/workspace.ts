/** A temporary folder with the programs, the engine's own folders, and a backend that can be made fresh again. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, engineEnvironment, projectRoot } from "../engine/engine";
import { withoutTypeScript } from "./language-host";
import { killProcesses } from "./processes";
import type { Program } from "./programs";

export const stackName = "bench";

export interface Workspace {
  folder: string;
  /** For commands of the engine: its own home, a file backend, nothing of the user's; `BENCH_KEPT` is for scripts. */
  environment: NodeJS.ProcessEnv;
  programFolder(program: Program): string;
  stateFile(program: Program): string;
  /** Keeps the backend as it is now, for `renew`. */
  keepPristine(): void;
  /** Puts the backend back to where it was: stacks without resources, and no history. */
  renew(): void;
  /** Ends what still runs in it and removes it. Works in an exit handler. */
  remove(): void;
}

export function createWorkspace(engine: Engine): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-inference-bench-"));
  const backend = join(folder, "backend");
  const pristine = join(folder, "pristine");
  mkdirSync(backend);
  cpSync(join(__dirname, "programs"), join(folder, "programs"), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  return {
    folder,
    environment: environmentIn(folder, backend, engine),
    programFolder: (program) => join(folder, "programs", program),
    stateFile: (program) => join(backend, ".pulumi", "stacks", program, `${stackName}.json`),
    keepPristine: () => cpSync(backend, pristine, { recursive: true }),
    renew() {
      rmSync(backend, { recursive: true });
      // Notes of creations that the state of an earlier scene knew would be looked into.
      rmSync(join(folder, "home", "pulumi-inference"), { recursive: true, force: true });
      cpSync(pristine, backend, { recursive: true });
    },
    remove() {
      killProcesses(folder);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

function environmentIn(folder: string, backend: string, engine: Engine): NodeJS.ProcessEnv {
  const inherited = Object.entries(engineEnvironment(engine)).filter(([name]) => !isUsers(name));
  return {
    ...withoutTypeScript(engine, join(folder, "bin"), Object.fromEntries(inherited)),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "benchmark",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    BENCH_KEPT: join(backend, "kept"),
  };
}

/** Settings that would change what is measured. */
function isUsers(name: string): boolean {
  return name.startsWith("PULUMI_") || name.startsWith("DEEPINFRA_") || name === "NODE_OPTIONS";
}
