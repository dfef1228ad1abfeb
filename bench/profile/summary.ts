/** What a profile of the processor says: self time by function, and by module. */
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { fixed, table } from "../report/tables";

/** As V8 writes it. Times are microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

export interface SelfTime {
  name: string;
  milliseconds: number;
}

export interface ProfileSummary {
  /** All but idle. */
  busyMilliseconds: number;
  modules: SelfTime[];
  functions: SelfTime[];
}

type Frame = CpuProfile["nodes"][number]["callFrame"];

/** @param root the project's folder: its own files are named by their folders, others by their package. */
export function summarise({ nodes, samples, timeDeltas }: CpuProfile, root: string): ProfileSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const modules = new Map<string, number>();
  const functions = new Map<string, number>();
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === "(idle)") return;
    const milliseconds = (timeDeltas[index] ?? 0) / 1000;
    add(modules, moduleOf(frame, root), milliseconds);
    add(functions, functionOf(frame, root), milliseconds);
  });
  const all = sorted(modules);
  return {
    busyMilliseconds: all.reduce((total, { milliseconds }) => total + milliseconds, 0),
    modules: all,
    functions: sorted(functions),
  };
}

/** The heaviest, side by side. */
export function describeProfile(
  title: string,
  { busyMilliseconds, modules, functions }: ProfileSummary,
  rows = 15,
): string {
  const length = Math.min(rows, Math.max(modules.length, functions.length));
  const cells = Array.from({ length }, (_, row) => [modules[row], functions[row]].flatMap(cellsOf));
  return `## ${title}: ${fixed(busyMilliseconds, 0)} ms busy\n\n${table(["module", "ms", "function", "ms"], cells)}`;
}

function cellsOf(time: SelfTime | undefined): string[] {
  return time === undefined ? ["", ""] : [time.name, fixed(time.milliseconds, 0)];
}

function moduleOf({ functionName, url }: Frame, root: string): string {
  if (url === "") return functionName.startsWith("(") ? functionName : "(native)";
  if (url.startsWith("node:")) return url.startsWith("node:internal/modules") ? "node: modules" : "node";
  if (url.startsWith("wasm:")) return "(wasm)";
  const path = pathOf(url, root);
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name ?? path.split("/").slice(0, 2).join("/");
}

function functionOf({ functionName, url, lineNumber }: Frame, root: string): string {
  const name = functionName === "" ? "(anonymous)" : functionName;
  if (url === "") return name;
  return `${name} ${pathOf(url, root).replace(/.*node_modules\//, "")}:${lineNumber + 1}`;
}

function pathOf(url: string, root: string): string {
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  return path.startsWith(root + sep) ? relative(root, path).split(sep).join("/") : path;
}

function add(times: Map<string, number>, name: string, milliseconds: number): void {
  times.set(name, (times.get(name) ?? 0) + milliseconds);
}

function sorted(times: ReadonlyMap<string, number>): SelfTime[] {
  return [...times]
    .map(([name, milliseconds]) => ({ name, milliseconds }))
    .sort((left, right) => right.milliseconds - left.milliseconds);
}
