/** What a host lends to the core for one call of the engine. */
import type { Connections } from "../connection/connection";
import type { IntentRecord } from "../intent/intent";
import type { ResourceKind } from "../resources/resource-kind";
import type { Clock } from "../wait/clock";

/** Where lines of one resource go. */
export interface ResourceLog {
  /** The newest line of the resource's own row; it replaces the one before. */
  status(message: string): void;
  /** A line that stays. */
  info(message: string): void;
  warn(message: string): void;
}

export interface ProviderCall {
  kind: ResourceKind;
  /** Tells the resource from others that have had the same deployment; undefined where the host does not know. */
  urn?: string | undefined;
  connections: Connections;
  log: ResourceLog;
  /** The note on this resource that outlives a run that is killed. */
  intent: IntentRecord;
  /** Aborted when the user cancels or the engine is gone. */
  signal: AbortSignal;
  /** From `customTimeouts`; undefined when the program sets none. */
  timeoutSeconds: number | undefined;
  clock: Clock;
}
