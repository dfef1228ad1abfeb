/** Faults that are injected into requests. */

/**
 * - `status`: answers `status`; the platform does nothing.
 * - `reset`: drops the connection; the platform does nothing.
 * - `lost-answer`: the platform acts, then the connection is dropped.
 * - `cut-answer`: the platform acts, half of the answer is sent, then the connection is dropped.
 * - `garbage`: the platform acts, then the answer is 200 with an HTML page.
 * - `delay`: the platform acts and answers after `delayMs`.
 * - `hang`: nothing happens and nothing is answered until the connection or the simulator is closed.
 */
export type FaultKind = "status" | "reset" | "lost-answer" | "cut-answer" | "garbage" | "delay" | "hang";

export interface Fault {
  kind: FaultKind;
  platform?: string;
  method?: string;
  /** A regular expression on the path, without the query. */
  path?: string;
  /** How many requests it strikes. 1 by default. */
  times?: number;
  /** How many matching requests it lets through first. 0 by default. */
  skip?: number;
  /** For `status`. 500 by default. */
  status?: number;
  /** For `status`: an object is sent as JSON, a text as it is. An error of the platform's shape by default. */
  body?: unknown;
  /** For `status`: such as `retry-after`. */
  headers?: Record<string, string>;
  /** For `delay`. */
  delayMs?: number;
}
