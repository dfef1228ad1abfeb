/** What a simulated platform is. One folder per platform under `platforms/`, one line in `platforms/registry.ts`. */
import type { Hono } from "hono";
import type { z } from "zod";
import type { Credentials } from "./credentials";

/**
 * A simulated platform. The framework listens, records, injects faults and serves the page; the
 * platform answers its own paths, from state that it computes when it is asked. It never sleeps
 * and keeps no timers.
 */
export interface SimulatedPlatform<Id extends string, Options> {
  id: Id;
  /** The name as users know it: `DeepInfra`. */
  title: string;
  /** Choices of behaviour beyond the common ones, flat, each with a default: `scenario.<id>.<option>`. */
  options: z.ZodType<Options>;
  /** Whether a path (percent-encoded, without a query) belongs to this platform. Two platforms never claim the same. */
  owns(path: string): boolean;
  /** Environment variables that point a client at the simulator. */
  environment(url: string, credentials: Credentials): Record<string, string>;
  /** Dotted paths in request bodies whose values are never shown; `*` stands for any key. */
  secretFields: readonly string[];
  /** An error body in the platform's shape, for injected faults and for routes that it does not have. */
  errorBody(status: number, message: string): unknown;
  /** A world without deployments, or the one that was saved. Called at the start and at each reset. */
  simulate(world: World<Options>, saved?: unknown): Simulation;
}

/** The state of one platform, and the routes that work on it. */
export interface Simulation {
  /** Routes with their real paths. A path that `owns` claims and no route answers gets `errorBody(404, …)`. */
  app: PlatformApp;
  /** What exists now, and what existed: removed ones stay, marked as such. */
  deployments(): SimulatedDeployment[];
  /** Makes a change that did not come through the API. Throws `SimulatorError` for an unknown id or action. */
  act(change: OutsideChange): void;
  /** What a later run needs to go on from here, as JSON; absent on platforms that always start empty. */
  save?(): unknown;
}

export type PlatformApp = Hono<{ Bindings: Exchange }>;

/** One request as a route sees it, in Hono's `context.env`. */
export interface Exchange {
  /** Parsed JSON, or a record for a form; the raw text when it is neither; undefined when there is no body. */
  body: unknown;
  rawBody: string;
  /**
   * Records that this request does what a client must not do, whatever the answer is: an invented
   * field, a null. Tests expect none.
   */
  violation(message: string): void;
}

/** What the framework lends to a simulated platform. */
export interface World<Options> {
  /** `http://127.0.0.1:<port>` */
  url: string;
  credentials: Credentials;
  /** Milliseconds since the epoch. */
  now(): number;
  /** The platform's options in the current scenario; read anew for each answer. */
  options(): Options;
  /** How a deployment of this name will fare. Asked once, when it starts; later changes of the scenario leave it. */
  behaviour(name: string): Behaviour;
  /** From 0 up to 1, seeded by the scenario. */
  random(): number;
}

/** How one deployment fares, on any platform. */
export interface Behaviour {
  /** From the start until it serves, milliseconds. Its documented states share this time equally. */
  readyAfterMs: number;
  /** From the removal until it is gone, milliseconds, where a platform removes in the background. */
  removedAfterMs: number;
  /** `no-capacity`: accepted, then failed for want of machines. `failure`: accepted, then failed with `failureReason`. */
  outcome: "ready" | "no-capacity" | "failure";
  /** The platform's words for `failure`; each platform has its own text for `no-capacity`. */
  failureReason: string;
}

/** One deployment as tests and the page see it. */
export interface SimulatedDeployment {
  platform: string;
  id: string;
  name: string;
  /** The platform's own word, where it has one. */
  status: string;
  replicas?: { running?: number; pending?: number; minimum?: number; maximum?: number };
  createdAtMs: number;
  /** Deleted, disabled for good, or undeployed: nothing runs and nothing costs. */
  removed: boolean;
  /** How many times it was started, the creation included. */
  starts: number;
  /** Anything else that tests assert on. No secret. */
  details?: Record<string, unknown>;
}

/** A change made outside of the API, as somebody in the platform's console makes it. */
export interface OutsideChange {
  platform: string;
  /** The deployment's id on its platform. */
  id: string;
  /** `stop`, `start`, `scale`, `fail`, `delete`, …: each platform names its own. */
  action: string;
  [value: string]: unknown;
}

/** The simulator was asked for something that it does not have. */
export class SimulatorError extends Error {
  override readonly name = "SimulatorError";
}
