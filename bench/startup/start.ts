/** Starts one case in a process of its own. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../engine/engine";
import type { StartCase } from "./cases";

export interface StartFigures {
  /** Of the whole process. */
  cpuMs: number;
  wallMs: number;
  residentBytes: number;
  heapBytes: number;
  modules: number;
}

/** Pulumi's host wants one, and calls nobody while it starts. */
const engineAddress = "127.0.0.1:9";
const probe = join(__dirname, "probe.js");

/** @throws when the process fails, with what it printed. */
export async function start({ name, modules = [], command }: StartCase): Promise<StartFigures> {
  const load = modules.map((module) => `require(${JSON.stringify(module)});`).join("");
  // What it loads may serve, and would not end by itself.
  const parameters = command ?? ["--eval", `${load} process.exit();`, "host", engineAddress];
  const child = spawn(process.execPath, ["--require", probe, ...parameters], {
    cwd: projectRoot,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const figures = /^probed (.*)$/m.exec(output)?.[1];
  if (child.exitCode !== 0 || figures === undefined) throw new Error(`${name} could not be started:\n${output}`);
  return JSON.parse(figures) as StartFigures;
}
