/** Every request that the simulator received, in order. */

export interface RecordedRequest {
  /** 1 for the first request. */
  sequence: number;
  atMs: number;
  /** The platform's id, or `unknown` for a path that no platform has. */
  platform: string;
  method: string;
  /** Percent-encoded as it was sent, without the query. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case; values of credential headers masked. */
  headers: Record<string, string>;
  /** Parsed JSON or form, with secret fields masked; undefined when there was no body. */
  body: unknown;
  /** The status that was answered; undefined while the request waits, and when the connection was dropped instead. */
  status?: number;
  /** The fault that was injected. */
  fault?: string;
  /** What the client must not have done. */
  violations: string[];
  /** Verbatim, with secrets: for tests in the same process, never shown. */
  rawHeaders: Record<string, string>;
  /** Verbatim, with secrets: for tests in the same process, never shown. */
  rawBody: string;
}

export interface RequestFilter {
  platform?: string;
  method?: string;
  path?: RegExp;
}
