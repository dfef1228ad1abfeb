/** Finds the processes of a stack, also those whose engine was killed, by a value in their environment. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface StackProcess {
  id: number;
  command: string;
}

/** @param marker a text that only the environment of these processes holds, as `PULUMI_HOME=/tmp/…`. */
export function processesWith(marker: string): StackProcess[] {
  return process.platform === "linux" ? fromProc(marker) : fromPs(marker);
}

export function killProcesses(processes: StackProcess[]): void {
  for (const { id } of processes) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

function fromProc(marker: string): StackProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readProc(name, "environ").split("\0").includes(marker))
    .map((name) => ({ id: Number(name), command: readProc(name, "cmdline").split("\0").join(" ").trim() }));
}

/** Empty for a process that has ended, or belongs to somebody else. */
function readProc(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function fromPs(marker: string): StackProcess[] {
  return execFileSync("ps", ["-A", "-E", "-ww", "-o", "pid=,command="], { encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .filter((line) => line.includes(marker))
    .map((line) => ({ id: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, "") }));
}
