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
  /**
   * The status of the answer, also of one that a fault kept from the client; undefined while the
   * request waits, and after a fault that came before the platform.
   */
  status?: number;
  /** The kind of the fault that struck. */
  fault?: string;
  /** What the client must not have done. */
  violations: string[];
  /** Verbatim, with secrets: for tests in the same process, never shown. */
  rawHeaders: Record<string, string>;
  /** Verbatim, with secrets: for tests in the same process, never shown. */
  rawBody: string;
}

/** What may leave the process. */
export interface ShownRequest extends Omit<RecordedRequest, "rawHeaders" | "rawBody"> {
  rawHeaders: undefined;
  rawBody: undefined;
}

export interface RequestFilter {
  platform?: string;
  method?: string;
  path?: RegExp;
}

export interface RequestLog {
  /** Records a request that came in. */
  open(request: Omit<RecordedRequest, "sequence" | "violations">): RecordedRequest;
  /** Says that a record has changed. */
  changed(request: RecordedRequest): void;
  list(filter?: RequestFilter): RecordedRequest[];
  /** Calls back when a request comes in and when it is answered. Returns what ends that. */
  subscribe(listener: (request: RecordedRequest) => void): () => void;
  clear(): void;
}

/** Older ones are dropped, so that a simulator that runs for weeks does not fill the memory. */
const maximumKept = 50_000;

export function createRequestLog(): RequestLog {
  const kept: RecordedRequest[] = [];
  const listeners = new Set<(request: RecordedRequest) => void>();
  let sequence = 0;

  function changed(request: RecordedRequest): void {
    for (const listener of listeners) listener(request);
  }

  return {
    open(request) {
      const record = { sequence: ++sequence, ...request, violations: [] };
      kept.push(record);
      if (kept.length > maximumKept) kept.shift();
      changed(record);
      return record;
    },
    changed,
    list: (filter = {}) => kept.filter((request) => matches(request, filter)),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear() {
      kept.length = 0;
      sequence = 0;
    },
  };
}

export function shownRequest(request: RecordedRequest): ShownRequest {
  // JSON leaves out what is undefined.
  return { ...request, rawHeaders: undefined, rawBody: undefined };
}

function matches(request: RecordedRequest, filter: RequestFilter): boolean {
  return (
    (filter.platform === undefined || filter.platform === request.platform) &&
    (filter.method === undefined || filter.method.toUpperCase() === request.method) &&
    // `search` and not `test`, which remembers a place in expressions with the flag g.
    (filter.path === undefined || request.path.search(filter.path) >= 0)
  );
}
