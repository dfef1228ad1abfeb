/** A Pulumi engine: the command `pulumi`, its language host for Node, and its host for dynamic resources. */
import { join, resolve } from "node:path";

export interface Engine {
  /** The folder that holds the three programs. */
  bin: string;
  version: string;
  origin: "path" | "project" | "release" | "build";
}

/** An engine that can't be found, or be made. The message says what the user can do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/** The engine that is installed or built where the machine has none. */
export const ENGINE_VERSION = "3.230.0";

/** The first version that hands the configuration of the stack to dynamic resources. */
export const MINIMUM_VERSION = "3.139.0";

export const PROGRAMS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"] as const;

export const projectRoot = resolve(__dirname, "..");
export const engineRoot = join(projectRoot, ".engine");

/** Where an engine that this project installed or built lies; a newer version gets a folder of its own. */
export const installedBin = join(engineRoot, ENGINE_VERSION, "bin");

/**
 * The environment in which `pulumi` is this engine. An engine on the PATH is found as it is: putting its folder
 * first could change which `node` runs.
 */
export function engineEnvironment(engine: Engine, environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  if (engine.origin === "path") return { ...environment };
  return { ...environment, PATH: `${engine.bin}:${environment["PATH"] ?? ""}` };
}
