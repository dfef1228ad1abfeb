/** Sees to it that programs are run as they are: as compiled JavaScript. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Engine } from "../engine/engine";

const name = "pulumi-language-nodejs";

/**
 * An engine that this project built has a language host of another version than its own, which knows the option
 * `typescript` of `Pulumi.yaml` as a parameter only. Without it TypeScript would be loaded for each command, and
 * would translate the positions in each stack trace that the SDK takes.
 */
export function withoutTypeScript(engine: Engine, folder: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (engine.origin === "path") return environment;
  const host = join(engine.bin, name);
  if (!/^ *-typescript$/m.test(spawnSync(host, ["-h"], { encoding: "utf8" }).stderr)) return environment;
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\nexec '${host}' -typescript=false "$@"\n`, { mode: 0o755 });
  return { ...environment, PATH: [folder, environment["PATH"]].join(delimiter) };
}
