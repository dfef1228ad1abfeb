/**
 * The vocabulary between the core and the platforms: what a platform is, what an adapter does,
 * and what it reports. No code but types, and nothing of Pulumi.
 */
import type { HttpClient } from "./http/request";
import type { PlatformErrorText } from "./errors";
import type { Redactor } from "./redaction";
import type { Setting, Settings } from "./connection/settings";

/** Where a deployment stands, in the same seven words on every platform. */
export type Phase = "pending" | "ready" | "degraded" | "stopped" | "failed" | "gone" | "unknown";

/** Replica counts as the platform reports them; a count that it does not report is absent. */
export interface Replicas {
  running?: number;
  pending?: number;
}

/** A deployment that the platform has accepted: enough to find it again in another process. */
export interface DeploymentReference {
  /** The platform's own id, verbatim. */
  deploymentId: string;
  /** The platform's own facts from the last snapshot or answer (job ids, task ids), kept in state. */
  details: Record<string, unknown>;
}

/** The part of the inputs that a platform reports back; what it does not report is absent. */
export type Reported<Inputs> = { [Key in keyof Inputs]?: unknown };

/** What an adapter saw at one moment. */
export interface Snapshot<Inputs = unknown> {
  phase: Phase;
  /** The platform's own status word, verbatim; empty when it gave none. */
  platformStatus: string;
  /** Why the deployment is in this phase, in the platform's words where it gives any. */
  reason?: string;
  replicas?: Replicas;
  /** Where requests are sent; absent when the platform does not tell and nobody gave one. */
  endpoint?: string;
  /** What an OpenAI-style client sends as `model`; absent where the platform has no such thing. */
  model?: string;
  /** The platform's own facts. JSON only; no secret, and nothing that changes by itself all the time. */
  details: Record<string, unknown>;
  /** Live values of inputs that can be changed in place, under the inputs' names. A difference is drift. */
  configuration?: Reported<Inputs>;
  /** Live values of inputs that can only be replaced. Used to refuse an adoption that does not fit. */
  immutable?: Reported<Inputs>;
  /** How long `phase` must last before it counts, in seconds, where the platform is known to say it in error. */
  confirmSeconds?: number;
}

/** What one look at many deployments saw. */
export interface Overview<Inputs = unknown> {
  /** What it saw of one of them; undefined where that one has to be looked at by itself. */
  of(reference: DeploymentReference, inputs: Inputs | undefined): Snapshot<Inputs> | undefined;
}

/** A deployment that an account has, as the platform lists it. */
export interface Listing {
  reference: DeploymentReference;
  /** What people know it by: DeepInfra's model name, Foundry's model and branch. */
  name: string;
  phase: Phase;
  /** The platform's own status word, verbatim. */
  platformStatus: string;
  /** When it was made; absent where the platform does not tell. */
  createdAt?: Date;
  replicas?: Replicas;
  /** What it runs on, as people say it: `2 × H100-80GB, 1 to 4 instances`. */
  hardware?: string;
  /** US dollars for an hour of what runs now; absent where the platform does not tell. */
  usdPerHour?: number;
}

/** GPUs that can be asked for together, as a platform offers them. */
export interface GpuOffer {
  /** The kind of GPU, as an input names it. */
  gpu: string;
  /**
   * How many of them one instance has.
   *
   * @TJS-type integer
   */
  numGpus: number;
  /** US dollars for an hour of one such instance; absent where the platform does not tell. */
  usdPerHour?: number;
  /** Whether the platform says that there are any: a hint. Absent where it does not tell. */
  available?: boolean;
}

/** What a deployment takes of hardware. A number that is not known yet is absent. */
export interface Footprint {
  /** Replicas, or instances, that are kept at least, and that load may scale up to. */
  minimumReplicas?: number;
  maximumReplicas?: number;
  /** The kind of GPU, as an input names it. */
  gpu?: string;
  gpusPerReplica?: number;
}

/** A model that a platform has, deployed or not. */
export interface ModelFacts {
  /** The platform's own id, verbatim. */
  modelId: string;
  name?: string;
  /** The platform's own word for its state. */
  platformStatus?: string;
  /** The platform's own facts. JSON only, and no secret. */
  details: Record<string, unknown>;
}

/** What the core lends to an adapter for one call. */
export interface Call {
  /** Aborted when the user cancels or the deadline passes. */
  signal: AbortSignal;
  /** How old what `observe` saw may be, in milliseconds; 0 asks for a look of the call's own. */
  maximumAgeMs: number;
  /** One line in the resource's own row. */
  report(message: string): void;
  /** A line that stays in the log. */
  info(message: string): void;
  /** A warning that stays in the log. */
  warn(message: string): void;
  /**
   * To be awaited by `create`, after its look and right before the request that makes something, so
   * that a note of it is kept.
   */
  aboutToCreate(): Promise<void>;
  /** To be called by `update` when it asks for a change, so that what waits for the deployment waits again. */
  noteChange(): void;
  /**
   * Observes until the deployment is in one of the phases, by the one loop of the core.
   * For updates that need an order (stop, change, start).
   */
  waitUntil(reference: DeploymentReference, phases: readonly Phase[]): Promise<void>;
}

/** A change to a deployment that exists. `from` is what the state holds, `live` what is there now. */
export interface Change<Inputs> {
  from: Inputs;
  to: Inputs;
  live: Snapshot<Inputs>;
}

/**
 * One account on one platform. No method waits (but through `call.waitUntil`) and none retries:
 * the core's loop waits, the HTTP client retries.
 */
export interface Adapter<Inputs> {
  /**
   * Looks whether the deployment can be made, then asks for it, once. Resolves as soon as the
   * platform has accepted. Rejects only while nothing was accepted, or with a sentence on what may exist.
   */
  create(inputs: Inputs, call: Call): Promise<DeploymentReference>;
  /**
   * What is known without a look of a deployment that was taken just now, its endpoint at least; absent
   * where only a look tells.
   */
  accepted?(reference: DeploymentReference): Snapshot<Inputs>;
  /** Looks, once. Resolves with phase `gone` for what does not exist; rejects when it cannot tell. */
  observe(reference: DeploymentReference, inputs: Inputs | undefined, call: Call): Promise<Snapshot<Inputs>>;
  /**
   * The inputs of a deployment that no program has described yet, as far as the platform tells them;
   * absent where `configuration` and `immutable` of a snapshot are all of them. Rejects where it does not exist.
   */
  describe?(reference: DeploymentReference, call: Call): Promise<Reported<Inputs>>;
  /** Brings a deployment to `change.to`, and starts it when it is stopped and should run. */
  update(reference: DeploymentReference, change: Change<Inputs>, call: Call): Promise<DeploymentReference>;
  /** Asks for removal. Resolves when the platform has accepted, also when there is nothing left to remove. */
  delete(reference: DeploymentReference, call: Call): Promise<DeploymentReference>;
  /**
   * The deployments that the platform recognises by this name (`InputRules.identity`) and that are not
   * gone; absent where the name is the deployment's id, and where the platform has no such call.
   */
  find?(name: string, call: Call): Promise<Listing[]>;
  /**
   * All deployments of the account that are not gone; absent where the platform has no such call.
   *
   * @param models the models to look at, where the platform lists by model (Foundry); others ignore it.
   */
  list?(models: readonly string[], call: Call): Promise<Listing[]>;
  /** Looks at many deployments with fewer requests than one for each; absent where the platform has no such call. */
  overview?: {
    /** Whether it asks an index, which may be a moment behind: what it shows ready may be what was before a change. */
    isIndex?: boolean;
    /** Which look shows the deployment: those of one scope are seen together. Undefined where that is not known. */
    scopeOf(inputs: Inputs | undefined): string | undefined;
    look(scope: string, call: Call): Promise<Overview<Inputs>>;
  };
  /** What GPUs there are, and what they cost; absent where the platform has no such call. */
  offers?(call: Call): Promise<GpuOffer[]>;
  /** How many GPUs of each kind the account may have; absent where the platform has no such call. */
  gpuLimits?(call: Call): Promise<Record<string, number>>;
  /** A model by its id; absent where the platform has no such call. Undefined for one that does not exist. */
  model?(modelId: string, call: Call): Promise<ModelFacts | undefined>;
}

/** A failure of an input: where, and what is wrong with it. Never the value. */
export interface Problem {
  /** The property's path as a user writes it: `deepinfra.settings.minInstances`. */
  path: string;
  message: string;
}

/** What a check of the inputs found. Warnings do not stop a deployment. */
export interface Findings {
  problems: Problem[];
  warnings: Problem[];
}

/** What a change of one input does to a deployment that exists. */
export type ChangeEffect = "update" | "replace" | "state-only";

/** The rules of one platform's inputs. Pure: no network, no clock. */
export interface InputRules<Inputs> {
  /** Refuses what the platform would refuse. Paths are relative to the platform's block. Unknown values pass. */
  check(inputs: unknown): Findings;
  /** The inputs with documented defaults filled in and equal spellings made equal, for comparison only. */
  canonical(inputs: Inputs): Record<string, unknown>;
  /** What a change at this path (relative to the block, dotted, no array indexes) does. */
  effectOf(path: string): ChangeEffect;
  /** What the platform recognises a deployment by; two equal ones cannot exist side by side. */
  identity(inputs: Inputs): string;
  /**
   * Paths of maps whose keys the program owns as a whole, so that a key added outside is drift and
   * not a server default.
   */
  ownedMaps?: readonly string[];
  /** Whether the program wants it to run. */
  wantsRunning(inputs: Inputs): boolean;
  /** What it takes of hardware, also from inputs that are not all known yet; absent where nothing is taken by itself. */
  footprint?(inputs: Inputs): Footprint;
  /** What a report of drift calls a difference at this path, where it is none of the plain configuration. */
  driftClassOf?(path: string): "scale-bounds" | "health" | undefined;
}

/** Polling of one platform, in milliseconds. */
export interface PollPolicy {
  /** The shortest interval, used at first. */
  shortestMs: number;
  /** The longest interval, reached as the wait grows. */
  longestMs: number;
}

/** Default deadlines in seconds, used where the program sets no `customTimeouts`. */
export interface DefaultTimeouts {
  createSeconds: number;
  updateSeconds: number;
  deleteSeconds: number;
}

/** What a platform needs to authenticate: the settings, a client for token requests, and where to register a fetched token as a secret. */
export interface Account {
  settings: Settings;
  http: HttpClient;
  redactor: Redactor;
}

/** Outputs as a preview can tell them. */
export interface ForeseenOutputs {
  deploymentId?: string | undefined;
  endpoint?: string | undefined;
}

/** The heavy half of a platform, loaded when a call needs it. */
export interface PlatformImplementation<Inputs> {
  rules: InputRules<Inputs>;
  poll: PollPolicy;
  /** The most that leave for an account in a second where the user sets nothing; 50 where it is absent. */
  requestsPerSecond?: number;
  timeouts: DefaultTimeouts;
  /** Phases that mean "removed" after a delete. */
  removedPhases: readonly Phase[];
  /** Whether a degraded deployment is repaired by an update (true), or repairs itself (false). */
  repairsDegraded: boolean;
  /** What has to be known before a first deployment, as a sentence, or undefined when there is nothing. */
  beforeCreate?: string;
  /** What stays behind after a delete, as a sentence, or undefined when nothing does. */
  leavesBehind?: string;
  /** Outputs that stay as they are for as long as the deployment exists. */
  stableOutputs: readonly ("endpoint" | "model")[];
  /** Outputs that follow from the inputs alone, for a preview. Values that are not known yet may be among the inputs. */
  foreseen?(inputs: Inputs, baseUrl: string): ForeseenOutputs;
  /** Paths of optional inputs that the platform never tells, so that an import cannot know them. */
  untold?: readonly string[];
  /** Why an account cannot be listed, where adapters have no `list`. */
  notListed?: string;
  /** Why the price of a deployment cannot be known, where adapters have no `offers`. */
  notPriced?: string;
  /** GPUs that an account may have by the platform's documents, where its own limits cannot be read. */
  documentedGpuLimit?: number;
  /** Details that move by the platform's own doing, as the version that a branch points to: told, and no drift. */
  floatingDetails?: readonly string[];
  /** Why a deployment that seems well may be anything, as a sentence, where the platform has no call that tells. */
  cannotTell?: string;
  /** Throws a `ConfigurationError` when a credential that every request needs is missing. Sends nothing. */
  requireCredentials(settings: Settings): void;
  /** The base URL from the settings. */
  baseUrl(settings: Settings): string;
  /**
   * Makes the function that gives the headers of each request. The factory is called once for each
   * account, so that a token can be kept; `refresh` is true after a 401, when a kept token must not
   * be used again.
   */
  authorization(account: Account): (refresh: boolean) => Promise<Record<string, string>>;
  /** The keys of the secrets in use, where a platform takes one or another; all that are set, otherwise. */
  usedCredentials?(settings: Settings): readonly string[];
  /** Whether `refresh` can cure a 401: true where tokens are fetched, false where a key is given. */
  canRefreshCredentials(settings: Settings): boolean;
  /** The platform's error body in our terms; `method` and `path` are those of the request. */
  describeError(status: number, body: string, method: string, path: string): PlatformErrorText;
  connect(http: HttpClient, settings: Settings): Adapter<Inputs>;
}

/** The light half of a platform: what the program's side and the registry need. */
export interface Platform<Inputs, Id extends string = string> {
  id: Id;
  /** The name as users know it: `DeepInfra`. */
  title: string;
  settings: readonly Setting[];
  /** Paths of inputs (relative to the block, dotted) whose values are always secret: `hf.token`. */
  secretPaths: readonly string[];
  /** What an adapter needs to say how a deployment does, beside its id: small, and never a secret. */
  observed: {
    /** Names of inputs of the block. */
    inputs: readonly (keyof Inputs & string)[];
    /** Names of details. */
    details: readonly string[];
  };
  load(): PlatformImplementation<Inputs>;
}

/** The inputs of a platform. */
export type InputsOf<Of> = Of extends Platform<infer Inputs> ? Inputs : never;
