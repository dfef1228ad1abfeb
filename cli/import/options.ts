/** What the user asks `import` for. */

export interface ImportOptions {
  /** The folder of the Pulumi project. */
  cwd: string;
  /** The current one without it. */
  stack?: string;
  /** A file with inputs that the platform does not tell. */
  inputs?: string;
  /** An explicit provider of the stack, by name or URN. */
  provider?: string;
  /** A resource of the stack, by name or URN. */
  parent?: string;
  /** As Pulumi's own import does, so that a program that does not name the deployment yet cannot remove it. */
  protect: boolean;
  /** Shows what would be done, and does nothing. */
  dryRun: boolean;
  /** Does it without a question. */
  yes: boolean;
}

export interface UndoOptions {
  cwd: string;
  stack?: string;
  /** The record of the import; the stack's newest one without it. */
  file?: string;
  dryRun: boolean;
  yes: boolean;
}
