/**
 * What can be chosen about the simulated Foundry. Much of the platform's behaviour is documented
 * nowhere: each such question is an option, so that a client can be tried with every answer.
 */
import { z } from "zod";

/** Documented until the autumn of 2026; the list grows. */
const gpuTypes = ["A100", "A10G", "A16", "B200", "B300", "H100", "H200", "L4", "L40S", "T4", "V100"];

const operations = ["create", "replace", "disable", "start", "transformJson"] as const;

export type GuardedOperation = (typeof operations)[number];

export const options = z.strictObject({
  /** Whether this instance has the API at all, or in its state before `disable` and `start` came. */
  api: z.enum(["all", "without-disable-and-start", "none"]).default("all"),
  /** Models that do not exist. Any other RID is a model's. */
  missingModels: z.array(z.string()).default([]),
  /** Deployments that the API reads but does not handle. */
  unsupportedDeployments: z.array(z.string()).default([]),
  /** Operations that the token may not do. */
  deniedOperations: z.array(z.enum(operations)).default([]),

  /** A second create for the same model and branch. Not known of the platform. */
  secondCreate: z.enum(["refuse", "return-existing", "create-another"]).default("refuse"),
  /** Whether the list leaves out disabled deployments. Not known. */
  listHidesDisabled: z.boolean().default(false),
  /** Whether replacing the configuration starts a disabled deployment. Not known. */
  replaceStartsDisabled: z.boolean().default(false),
  /** Whether replacing the configuration starts a running one anew. Not known; documented is that it serves on. */
  replaceRestarts: z.boolean().default(false),
  /** For how long reads show the former configuration after a replacement, milliseconds. Not known. */
  replaceShowsAfterMs: z.number().min(0).default(0),
  /** What a replacement does to an optional field that it leaves out. Not known. */
  omittedFields: z.enum(["cleared", "kept"]).default("cleared"),
  /** Which fields that nobody gave are read as the server's defaults. Only 32 threads are documented. */
  serverDefaults: z.enum(["all", "thread-count", "none"]).default("all"),
  /** Reads show `1024MiB` as `1GiB`, and 60 seconds as a minute. Not known. */
  normalises: z.boolean().default(false),
  /** `sources` and `environmentVariables` in answers: clients require both, samples leave out empty ones. */
  emptyParts: z.enum(["absent", "present", "never-any"]).default("absent"),
  /** The state from a start until it serves. Not known; any word goes. */
  startingState: z.string().default("STARTING"),
  /** A deployment that may have no replicas has none from the start, where one is expected first. */
  scaledToZero: z.boolean().default(false),
  /** Branches on which no version was published, and what a deployment of them does. Not known. */
  emptyBranches: z.array(z.string()).default([]),
  emptyBranchOutcome: z.enum(["refused", "failed", "starting"]).default("refused"),

  /** The limit exists; its value is not documented. */
  maximumThreadCount: z.int().min(1).default(256),
  maximumGpuCount: z.int().min(1).default(8),
  /** What the resource queue of the project has. */
  availableGpuTypes: z.array(z.string()).default(gpuTypes),
  /** Names that environment variables must not have; which they are is not documented. */
  reservedVariables: z.array(z.string()).default([]),
  /** Sources by what is wrong with them. */
  sourcesNotImported: z.array(z.string()).default([]),
  sourcesNotExportable: z.array(z.string()).default([]),
  sourcesNotEnabled: z.array(z.string()).default([]),

  /** The user's token is not accepted any more. */
  tokenRevoked: z.boolean().default(false),
  tokenLifetimeSeconds: z.number().min(0).default(3600),
  /** What the application may ask for. */
  applicationScopes: z.array(z.string()).default(["api:models-read", "api:models-write", "api:models-execute"]),
  /** How the application may authenticate; clients of the vendor use both ways. */
  clientAuthentication: z.enum(["any", "basic", "form"]).default("any"),
});

export type FoundryOptions = z.output<typeof options>;
