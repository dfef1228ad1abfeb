/** What the user asks `orphans` for. */
import type { PlatformId } from "../stacks/platforms";

export type Format = "text" | "json";

export interface OrphansOptions {
  /** The folder of the Pulumi project. */
  cwd: string;
  /** Names of stacks; with none, and without the three below, the current one. */
  stack: string[];
  allStacks: boolean;
  /** Files that `pulumi stack export` wrote. */
  state: string[];
  /** Compares with nothing: all that runs is an orphan. */
  withoutStacks: boolean;
  /** Undefined: those with credentials. */
  platform?: PlatformId[];
  /** RIDs of Foundry models, besides those in the stacks shown. */
  model: string[];
  format: Format;
  /** Undefined: nothing is removed. Empty: all orphans, but those that may belong to a run. */
  remove?: string[];
  /** Removes without a question. */
  yes: boolean;
}
