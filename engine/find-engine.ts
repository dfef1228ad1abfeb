/**
 * Finds a Pulumi engine: on the PATH; else where an earlier run of this project put one; else Pulumi's official
 * release; else builds the same engine from its Go modules.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildEngine } from "./build-engine";
import { type Engine, ENGINE_VERSION, EngineError, engineRoot, installedBin } from "./engine";
import { findOnPath, inspectEngine } from "./inspect-engine";
import { type Lock, tryLock } from "./lock";
import { installRelease, isReleaseReachable } from "./official-release";
import { showPatience } from "./patience";

export type Say = (line: string) => void;

export async function findEngine(say: Say = (line) => console.error(line)): Promise<Engine> {
  if (process.platform === "win32") {
    throw new EngineError("The engine can't be installed on Windows by this project; use WSL, and run this there.");
  }
  return (await engineOnPath(say)) ?? (await engineInProject()) ?? (await installOnce(say));
}

async function engineOnPath(say: Say): Promise<Engine | undefined> {
  const found = findOnPath();
  if (found === undefined) return undefined;
  const { version, problem } = await inspectEngine(found.bin, found.folders);
  if (problem === undefined && version !== undefined) return { bin: found.bin, version, origin: "path" };
  say(`Not using the Pulumi on the PATH: ${problem}.`);
  return undefined;
}

async function engineInProject(): Promise<Engine | undefined> {
  const { version, problem } = await inspectEngine(installedBin);
  if (problem !== undefined || version === undefined) return undefined;
  return { bin: installedBin, version, origin: "project" };
}

/** One process installs; others wait for it and use what it made. */
async function installOnce(say: Say): Promise<Engine> {
  const lock = await waitForLock(say);
  try {
    return (await engineInProject()) ?? (await install(say));
  } finally {
    lock.release();
  }
}

async function waitForLock(say: Say): Promise<Lock> {
  let announced = false;
  for (;;) {
    const lock = tryLock(join(engineRoot, "lock"));
    if ("release" in lock) return lock;
    if (!announced) say(`Waiting for process ${lock.owner}, which is installing the Pulumi engine.`);
    announced = true;
    await sleep(500);
  }
}

/** Works in a folder of its own and renames it at the end: an interrupted run leaves no half of an engine. */
async function install(say: Say): Promise<Engine> {
  removeLeftovers();
  const folder = mkdtempSync(join(engineRoot, "installing-"));
  try {
    const origin = await fill(folder, say);
    const { version, problem } = await inspectEngine(join(folder, "bin"));
    if (problem !== undefined || version === undefined) {
      throw new EngineError(`The Pulumi engine that was just installed doesn't run: ${problem}.`);
    }
    const target = dirname(installedBin);
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
    return { bin: installedBin, version, origin };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(folder: string, say: Say): Promise<"release" | "build"> {
  const bin = join(folder, "bin");
  if (await isReleaseReachable()) {
    say(`Installing Pulumi's official release ${ENGINE_VERSION} into ${installedBin}, once.`);
    if ((await installRelease(folder)) && (await inspectEngine(bin)).problem === undefined) return "release";
    rmSync(bin, { recursive: true, force: true });
  }
  mkdirSync(bin);
  say(
    `Building the Pulumi engine ${ENGINE_VERSION} from its Go modules into ${installedBin}; this takes two to ` +
      "three minutes on two cores, once (there is no Pulumi on this machine, and its official release can't be reached).",
  );
  await showPatience(buildEngine(bin));
  return "build";
}

function removeLeftovers(): void {
  for (const name of readdirSync(engineRoot)) {
    if (name.startsWith("installing-")) rmSync(join(engineRoot, name), { recursive: true, force: true });
  }
}
