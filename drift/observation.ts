/** One resource as Pulumi's state holds it, and as it is now. Types only, and no engine. */

/** A resource at one moment, with `[secret]` in the place of every secret. */
export interface Sighting {
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export interface Observation {
  urn: string;
  name: string;
  type: string;
  id: string;
  /** What the state says. */
  known: Sighting;
  /** What is there; absent when it is gone, and when it could not be read. */
  live?: Sighting;
  /** Whether Pulumi itself sees a difference. */
  differs: boolean;
  /** Paths of the properties that Pulumi was told of; they cover secrets, which cannot be compared here. */
  changedPaths: readonly string[];
  /** As the program gave them when it ran last. */
  ignoreChanges: readonly string[];
  /** What the provider said of a resource that is there and not well. */
  initErrors: readonly string[];
  /** Why it could not be read. */
  error?: string;
  /** For how long it was observed because its state may pass. */
  observedSeconds?: number;
}
