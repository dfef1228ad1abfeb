/** The documented request bodies, and what the platform refuses in them. */
import { z } from "zod";
import { checkBody, describeProblem } from "../../body-check";
import type { Exchange } from "../../platform";
import { foundryError, invalidArgument } from "./errors";
import type { FoundryOptions } from "./options";

const units = ["MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS"] as const;

const duration = z.strictObject({ value: z.int(), unit: z.enum(units) });

const runtimeConfiguration = z.strictObject({
  minReplicas: z.int(),
  maxReplicas: z.int(),
  cpu: z.number().optional(),
  memory: z.string().optional(),
  gpu: z.strictObject({ count: z.int(), type: z.string().optional() }).optional(),
  threadCount: z.int().optional(),
  scalingConfiguration: z
    .strictObject({ scaleUpLoadThreshold: z.number(), scaleUpDelay: duration, scaleDownDelay: duration })
    .optional(),
  sources: z.array(z.string()).optional(),
  environmentVariables: z.record(z.string(), z.string()).optional(),
});

export type Duration = z.output<typeof duration>;
export type RuntimeConfiguration = z.output<typeof runtimeConfiguration>;

export const createBody = z.strictObject({
  deploymentType: z.strictObject({ type: z.literal("direct"), modelRid: z.string(), branch: z.string() }),
  runtimeConfiguration,
});

export const replaceBody = z.strictObject({ runtimeConfiguration });

export const transformBody = z.strictObject({ input: z.record(z.string(), z.unknown()) });

/**
 * The body, or the answer that refuses it. The platform's bodies are Conjure's, which refuses unknown
 * fields (inferred); a null is refused here so that a client that sends one is found out.
 */
export function readBody<Schema extends z.ZodType>(exchange: Exchange, schema: Schema): z.output<Schema> | Response {
  const problems = checkBody(schema, exchange.body);
  for (const problem of problems) if (problem.undocumented) exchange.violation(describeProblem(problem));
  if (problems.length === 0) return schema.parse(exchange.body);
  return invalidArgument(problems.map(describeProblem).join("; "), "Conjure");
}

/** The answer that refuses a configuration, in the order of the documented errors. */
export function refuseConfiguration(given: RuntimeConfiguration, options: FoundryOptions): Response | undefined {
  return (
    refuseThreads(given, options) ??
    refuseGpu(given, options) ??
    refuseVariables(given, options) ??
    refuseSources(given, options) ??
    refuseValues(given)
  );
}

function refuseThreads({ threadCount }: RuntimeConfiguration, { maximumThreadCount }: FoundryOptions) {
  if (threadCount === undefined || threadCount <= maximumThreadCount) return undefined;
  return foundryError("INVALID_ARGUMENT", "ThreadCountTooHigh", {
    maxThreadCount: maximumThreadCount,
    providedThreadCount: threadCount,
  });
}

function refuseGpu({ gpu }: RuntimeConfiguration, { availableGpuTypes, maximumGpuCount }: FoundryOptions) {
  if (gpu === undefined) return undefined;
  if (gpu.count < 1 || gpu.count > maximumGpuCount) {
    return foundryError("INVALID_ARGUMENT", "InvalidGpuCount", {
      providedGpuCount: gpu.count,
      maxGpuCount: maximumGpuCount,
    });
  }
  if (gpu.type === undefined || availableGpuTypes.includes(gpu.type)) return undefined;
  return foundryError("INVALID_ARGUMENT", "GpuTypeNotAvailable", {
    requestedGpuType: gpu.type,
    availableGpuTypes,
  });
}

function refuseVariables({ environmentVariables = {} }: RuntimeConfiguration, { reservedVariables }: FoundryOptions) {
  const name = Object.keys(environmentVariables).find((candidate) => reservedVariables.includes(candidate));
  return name === undefined ? undefined : foundryError("INVALID_ARGUMENT", "ReservedEnvironmentVariable", { name });
}

function refuseSources({ sources = [] }: RuntimeConfiguration, options: FoundryOptions): Response | undefined {
  const projectRid = "ri.compass.main.folder.simulated";
  const among = (listed: string[]) => sources.find((source) => listed.includes(source));
  let sourceRid = among(options.sourcesNotImported);
  if (sourceRid !== undefined) {
    const name = "DeploymentSourceNotImportedIntoProject";
    return foundryError("INVALID_ARGUMENT", name, { sourceRid, projectRid });
  }
  sourceRid = among(options.sourcesNotExportable);
  if (sourceRid !== undefined) {
    const name = "DeploymentSourceCannotExportResourceMarkings";
    return foundryError("INVALID_ARGUMENT", name, { sourceRid, resourceRid: projectRid });
  }
  sourceRid = among(options.sourcesNotEnabled);
  if (sourceRid === undefined) return undefined;
  return foundryError("INVALID_ARGUMENT", "DeploymentSourceNotEnabledForComputeModules", { sourceRid });
}

/** No error is declared for these: that they are refused, and how, is inferred. */
function refuseValues(given: RuntimeConfiguration): Response | undefined {
  const { cpu = 1, maxReplicas, memory = "1GiB", minReplicas, scalingConfiguration, threadCount = 1 } = given;
  if (minReplicas < 0) return invalidArgument("minReplicas must not be negative");
  if (maxReplicas < minReplicas) return invalidArgument("minReplicas must not exceed maxReplicas");
  if (maxReplicas < 1) return invalidArgument("maxReplicas must be at least 1");
  if (cpu <= 0) return invalidArgument("cpu must be positive");
  if (threadCount < 1) return invalidArgument("threadCount must be positive");
  if (!/^\d+(\.\d+)?\s?[KMGT]?i?B?$/i.test(memory)) return invalidArgument("memory is not an amount of memory");
  const { scaleDownDelay, scaleUpDelay, scaleUpLoadThreshold = 0 } = scalingConfiguration ?? {};
  if (scaleUpLoadThreshold < 0 || scaleUpLoadThreshold > 1) {
    return invalidArgument("scaleUpLoadThreshold must be between 0 and 1");
  }
  const isNegative = [scaleUpDelay, scaleDownDelay].some((delay) => (delay?.value ?? 0) < 0);
  return isNegative ? invalidArgument("delays must not be negative") : undefined;
}
