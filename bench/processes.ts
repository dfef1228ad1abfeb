/** The processes of a workspace, found by the mark that they inherit in their environment. Linux only. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

export interface ProcessSample {
  processId: number;
  residentBytes: number;
  /** The most that was resident so far, as the kernel counted it. */
  peakBytes: number;
  cpuSeconds: number;
  /** Whether it is the host of dynamic providers, or the native plugin. */
  isProvider: boolean;
}

/** Fixed in Linux's interface to programs. */
const ticksPerSecond = 100;

export const canSample = existsSync("/proc/self/status");

/** @param mark a text that only the processes that are looked for have in their environment. */
export function sampleProcesses(mark: string): ProcessSample[] {
  return processIds(mark)
    .map(sample)
    .filter((found) => found !== undefined);
}

/** Ends what runs with the mark, children of plugins included, whose process groups are their own. */
export function killProcesses(mark: string): void {
  for (const processId of processIds(mark)) {
    try {
      process.kill(processId, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

function processIds(mark: string): number[] {
  if (!canSample) return [];
  const ids = readdirSync("/proc")
    .map(Number)
    .filter((id) => id > 0);
  return ids.filter((id) => readProcess(id, "environ")?.includes(mark));
}

function sample(processId: number): ProcessSample | undefined {
  const status = readProcess(processId, "status");
  const statistics = readProcess(processId, "stat");
  if (status === undefined || statistics === undefined) return undefined;
  return {
    processId,
    residentBytes: kibibytes(status, "VmRSS") * 1024,
    peakBytes: kibibytes(status, "VmHWM") * 1024,
    cpuSeconds: cpuSeconds(statistics),
    isProvider: isProvider(readProcess(processId, "cmdline") ?? ""),
  };
}

/** The shell that starts the host has the same path in its text, and not as a parameter. */
function isProvider(commandLine: string): boolean {
  const [, script = ""] = commandLine.split("\0");
  return /[/\\](cmd[/\\]dynamic-provider(\/index\.js)?|pulumi-resource-inference)$/.test(script);
}

/** Fields 14 and 15, counted behind the name, which may hold spaces. */
function cpuSeconds(statistics: string): number {
  const fields = statistics.slice(statistics.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function kibibytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
}

/** Undefined for a process that has ended, or belongs to somebody else. */
function readProcess(processId: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${processId}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
