/** What adapters ask of HTTP, and who answers. Types only. */

export interface HttpRequest<Answer> {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** From the `path` tag, with a leading slash. */
  path: string;
  /** Sent as `?key=value`; an undefined value is left out. */
  query?: Record<string, string | undefined>;
  /** Sent as JSON. Members that are undefined are left out; a null is a bug. */
  body?: unknown;
  /** Sent as `application/x-www-form-urlencoded` instead of JSON. */
  form?: Record<string, string>;
  headers?: Record<string, string>;
  /** Turns the answer's JSON (undefined for an empty body) into what the caller wants; throws on what it cannot read. */
  read(json: unknown): Answer;
  /**
   * Whether the request may be sent again after it may have been received. By default GET, PUT and
   * DELETE may, and POST may not.
   */
  repeatable?: boolean;
  /**
   * For requests whose answer names something that costs money: once sent, the answer is still awaited
   * for a moment after a cancel.
   */
  outlivesCancel?: boolean;
  /** False for requests that fetch a token. */
  authenticate?: boolean;
  signal: AbortSignal;
}

export interface HttpClient {
  request<Answer>(request: HttpRequest<Answer>): Promise<Answer>;
  /** The platform's address, without a trailing slash. */
  readonly baseUrl: string;
  close(): Promise<void>;
}
