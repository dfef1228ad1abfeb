/** Which differences are to be left out. */

/** A rule of the stack's config, or of a caller. */
export interface IgnoreRule {
  /** The name of the resource in the program, or its URN; `*` stands for any text. All resources without it. */
  resource?: string;
  /**
   * Paths as `ignoreChanges` has them: `deepinfra.settings`, `runtimeConfiguration.environmentVariables["A.B"]`,
   * `*` for any member. A path stands for all that is below it.
   */
  paths: string[];
  /** Why, for those who read the config later. */
  reason?: string;
}
