/** A lock file that holds the id of its owner, so that the lock of a process that was killed doesn't last. */
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Lock {
  release(): void;
}

/**
 * Takes the lock, or tells which process holds it. Two processes that meet a stale lock in the same instant may
 * both get it; what the lock guards must bear that, as a build into a folder of its own does.
 */
export function tryLock(file: string): Lock | { owner: number } {
  mkdirSync(dirname(file), { recursive: true });
  const claim = `${file}.${process.pid}`;
  writeFileSync(claim, String(process.pid));
  try {
    const owner = liveOwner(file);
    if (owner !== undefined) return { owner };
    // A link either appears with its content or fails, where a file is created first and written later.
    linkSync(claim, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return { owner: readOwner(file) ?? 0 };
  } finally {
    rmSync(claim, { force: true });
  }
  return {
    release: () => {
      if (readOwner(file) === process.pid) rmSync(file, { force: true });
    },
  };
}

/** Process ids are used again; no owner keeps a lock longer than this. */
const LONGEST_HOLD_MS = 3 * 60 * 60 * 1000;

function liveOwner(file: string): number | undefined {
  const owner = readOwner(file);
  if (owner === undefined) return undefined;
  const age = Date.now() - statSync(file).mtimeMs;
  if (isAlive(owner) && age < LONGEST_HOLD_MS) return owner;
  rmSync(file, { force: true });
  return undefined;
}

function readOwner(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !isZombie(processId);
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** It has ended, and nobody asked how: in containers whose first process doesn't, that lasts. */
function isZombie(processId: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${processId}/status`, "utf8"));
  } catch {
    return false; // No Linux.
  }
}
