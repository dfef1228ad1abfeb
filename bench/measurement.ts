/** What is measured, and in which circumstances. */

import type { Program } from "./programs";

export type Command = "up" | "no-op up" | "refresh" | "destroy" | Detection;

/**
 * Ways to find drift. `one by one` is what a refresh of Pulumi does with a provider that reads each
 * resource by itself: the baseline of the others.
 */
export type Detection = "refresh --preview-only, one by one" | "refresh --preview-only" | "drift";

export const allCommands = ["up", "no-op up", "refresh", "destroy"] as const satisfies readonly Command[];
export const detections: readonly Detection[] = [
  "refresh --preview-only, one by one",
  "refresh --preview-only",
  "drift",
];

/** One stack, from a fresh state on. */
export interface Scene {
  program: Program;
  count: number;
  /** From the platform's acceptance of a deployment until it serves. */
  readyAfterSeconds: number;
  /** What each answer of the platform takes. */
  latencyMs?: number;
  /** `PULUMI_PARALLEL`; the engine's own default when it is undefined. */
  parallel?: number;
  commands: readonly Command[];
}

/** One command in one scene. */
export interface Measurement extends Omit<Scene, "commands"> {
  command: Command;
  wallSeconds: number;
  /** Processor time of the engine and all its children, seconds. Hardly moves with the load of the machine. */
  cpuSeconds?: number;
  /** Resident bytes, by the kernel's own count. */
  providerPeakBytes?: number;
  /** The largest sum of resident bytes at one moment; shared pages count more than once. */
  treePeakBytes?: number;
  requests: Record<string, number>;
  /** From the start of the command to the first request; of a program without a platform, to its first create. */
  firstRequestSeconds?: number;
  wait?: WaitFigures;
  state?: StateFigures;
}

export interface WaitFigures {
  /** From ready to seen, for each deployment. */
  reactionSeconds: number[];
  /** From the moment when the last one was ready to the end of the command. */
  tailSeconds: number;
  /** Most deployments that were accepted and not ready at one moment. */
  inFlight: number;
}

export interface StateFigures {
  /** Of the backend's file, for one resource. */
  bytesPerResource: number;
  /** `__provider`, which the engine stores with the inputs and with the outputs. */
  codeBytesPerResource: number;
}
