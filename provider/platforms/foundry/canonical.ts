/** Equal meanings made equal, for comparison only. Also applied to what Foundry reports, so that nothing is taken for granted. */
import { isRecord } from "../../resources/resource-kind";

/** Documented default. */
const defaultThreadCount = 32;

/** @param runtime a runtime configuration of the program or of Foundry; a value that is not known yet stays as it is. */
export function canonicalRuntime(runtime: unknown): unknown {
  if (!isRecord(runtime)) return runtime;
  const { memory, scalingConfiguration, sources, environmentVariables } = runtime;
  return {
    ...runtime,
    memory: canonicalMemory(memory),
    threadCount: runtime["threadCount"] ?? defaultThreadCount,
    scalingConfiguration: canonicalScaling(scalingConfiguration),
    // Always sent, empty when not given, so that a missing one means the same.
    sources: Array.isArray(sources) ? [...new Set<unknown>(sources)].sort() : (sources ?? []),
    environmentVariables: environmentVariables ?? {},
  };
}

const memoryUnits: readonly (readonly [unit: string, bytes: number])[] = [
  ["TiB", 1024 ** 4],
  ["GiB", 1024 ** 3],
  ["MiB", 1024 ** 2],
  ["KiB", 1024],
];

/** The bytes that a text like `1.5GiB` means; undefined for any other text, since the grammar is not documented. */
export function bytesOf(memory: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(KiB|MiB|GiB|TiB)$/.exec(memory) ?? [];
  const factor = memoryUnits.find(([name]) => name === unit)?.[1];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** In the largest unit that gives a whole number: `1024MiB` and `1GiB` are the same. */
function canonicalMemory(memory: unknown): unknown {
  const bytes = typeof memory === "string" ? bytesOf(memory) : undefined;
  if (bytes === undefined) return memory;
  const [unit, factor] = memoryUnits.find(([, size]) => bytes > 0 && bytes % size === 0) ?? ["B", 1];
  return `${bytes / factor}${unit}`;
}

function canonicalScaling(scaling: unknown): unknown {
  if (!isRecord(scaling)) return scaling;
  const { scaleUpDelay, scaleDownDelay } = scaling;
  return {
    ...scaling,
    scaleUpDelay: asOneValue(canonicalDuration(scaleUpDelay)),
    scaleDownDelay: asOneValue(canonicalDuration(scaleDownDelay)),
  };
}

/** A number means nothing without its unit: with each compared by itself, 1 MINUTES beside 1 SECONDS would be a change of neither. */
function asOneValue(duration: unknown): unknown {
  return isRecord(duration) && typeof duration["value"] === "number" ? [duration["value"], duration["unit"]] : duration;
}

const second = 1_000;
const day = 24 * 60 * 60 * second;

/** Months and years have no fixed length. */
const millisecondsOf = new Map<unknown, number>([
  ["MILLISECONDS", 1],
  ["SECONDS", second],
  ["MINUTES", 60 * second],
  ["HOURS", 60 * 60 * second],
  ["DAYS", day],
  ["WEEKS", 7 * day],
]);

/** 60 SECONDS and 1 MINUTES are the same, and so are 12 MONTHS and 1 YEARS. */
export function canonicalDuration(duration: unknown): unknown {
  if (!isRecord(duration)) return duration;
  const { value, unit } = duration;
  if (typeof value !== "number") return duration;
  if (unit === "YEARS") return { ...duration, value: value * 12, unit: "MONTHS" };
  const milliseconds = millisecondsOf.get(unit);
  return milliseconds === undefined ? duration : { ...duration, value: value * milliseconds, unit: "MILLISECONDS" };
}
