/** What the user asks `cost` for. */

export type Format = "text" | "json";

export interface CostOptions {
  /** The folder of the Pulumi project. */
  cwd: string;
  /** The current one without it. */
  stack?: string;
  format: Format;
}
