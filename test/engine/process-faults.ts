/** What ends an operation other than its own end, and what puts the stack in order afterwards. */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningOperation, Stack } from "../support/engine";
import { killProcesses, type StackProcess } from "../support/engine/stack-processes";

/** Strikes an operation, all of whose requests are held until `release`. */
type ProcessFault = (stack: Stack, running: RunningOperation, release: () => void) => Promise<void> | void;

/** The engine tries each write again for most of a minute, which nobody has to see to its end. Milliseconds. */
const unwritableMs = 10_000;

export const processFaults: Record<string, ProcessFault> = {
  "one Ctrl-C": (_stack, running) => running.signal("SIGINT"),
  async "two Ctrl-C"(_stack, running) {
    running.signal("SIGINT");
    await running.waitForText(/press \^C again/);
    running.signal("SIGINT");
  },
  SIGTERM: (_stack, running) => running.signal("SIGTERM"),
  "SIGKILL of the engine": (_stack, running) => running.signal("SIGKILL"),
  "SIGKILL of the provider": (stack) => killProcesses(stack.processes().filter(isProvider)),
  async "state that cannot be written"(stack, running, release) {
    blockState(stack);
    release();
    await sleep(unwritableMs);
    running.signal("SIGKILL");
  },
};

export function isProvider({ command }: StackProcess): boolean {
  return command.includes("dynamic-provider");
}

/** As a user does it: makes room for the state, and takes away the lock of an engine that was killed. */
export async function mend(stack: Stack): Promise<void> {
  unblockState(stack);
  if (hasLock(stack)) await stack.pulumi("cancel", "--yes");
}

const stateFolder = ({ folder }: Stack): string => join(folder, "backend", ".pulumi", "stacks");
const asideFolder = (stack: Stack): string => `${stateFolder(stack)}-aside`;

/** A file in the place of the folder: unlike a limit or a permission, it stops root, too. */
function blockState(stack: Stack): void {
  renameSync(stateFolder(stack), asideFolder(stack));
  writeFileSync(stateFolder(stack), "");
}

function unblockState(stack: Stack): void {
  if (!existsSync(asideFolder(stack))) return;
  rmSync(stateFolder(stack), { recursive: true, force: true });
  renameSync(asideFolder(stack), stateFolder(stack));
}

function hasLock({ folder }: Stack): boolean {
  const root = join(folder, "backend", ".pulumi", "locks");
  return (
    existsSync(root) && readdirSync(root, { recursive: true, encoding: "utf8" }).some((file) => file.endsWith(".json"))
  );
}
