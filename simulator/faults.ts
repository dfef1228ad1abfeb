/** Faults that are injected into requests: which ones wait, and which one strikes. */
import { z } from "zod";
import { SimulatorError } from "./platform";

/**
 * - `status`: answers `status`; the platform does nothing, unless the fault says `acts`.
 * - `reset`: drops the connection; the platform does nothing.
 * - `lost-answer`: the platform acts, then the connection is dropped.
 * - `cut-answer`: the platform acts, half of the answer is sent, then the connection is dropped.
 * - `garbage`: the platform acts, then the answer is 200 with an HTML page.
 * - `delay`: the platform acts and answers, all that after `delayMs`; with `acts`, only the answer comes later.
 * - `hang`: nothing is answered until the connection or the simulator is closed; the platform does nothing, unless
 *   the fault says `acts`.
 */
export type FaultKind = (typeof kinds)[number];

const kinds = ["status", "reset", "lost-answer", "cut-answer", "garbage", "delay", "hang"] as const;

export interface Fault {
  kind: FaultKind;
  platform?: string;
  method?: string;
  /** A regular expression on the path as it was sent, without the query. */
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
  /** For `status`, `hang` and `delay`: the platform acts before that, as behind a gateway that fails or is slow. */
  acts?: boolean;
  /** For `delay`. */
  delayMs?: number;
  /** For `delay`: what is waited for instead of a time. Not available in JSON. */
  until?: Promise<unknown>;
}

const schema = z.strictObject({
  kind: z.enum(kinds),
  platform: z.string().optional(),
  method: z.string().toUpperCase().optional(),
  path: z.string().refine(isExpression, "is not a regular expression").optional(),
  times: z.int().min(1).default(1),
  skip: z.int().min(0).default(0),
  status: z.int().min(200).max(599).default(500),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  acts: z.boolean().default(false),
  delayMs: z.number().min(0).default(0),
  until: z.instanceof(Promise).optional(),
});

/** A fault with its defaults filled in. */
export type PreparedFault = z.output<typeof schema>;

export interface FaultQueue {
  /** Throws `SimulatorError` for a fault that cannot be understood. */
  add(fault: unknown): void;
  /** The fault that strikes this request: the first one that matches and has let enough through. */
  take(request: { platform: string; method: string; path: string }): PreparedFault | undefined;
  /** Those that have not struck as often as they should. */
  waiting(): PreparedFault[];
  clear(): void;
}

export function createFaultQueue(): FaultQueue {
  let queue: PreparedFault[] = [];

  return {
    add: (fault) => void queue.push(prepareFault(fault)),
    take(request) {
      for (const fault of queue.filter((candidate) => strikes(candidate, request))) {
        if (fault.skip > 0) {
          fault.skip--;
          continue;
        }
        fault.times--;
        queue = queue.filter((candidate) => candidate.times > 0);
        return fault;
      }
      return undefined;
    },
    waiting: () => [...queue],
    clear: () => void (queue = []),
  };
}

/** Checks a fault and fills in its defaults. */
export function prepareFault(fault: unknown): PreparedFault {
  const parsed = schema.safeParse(fault);
  if (!parsed.success) throw new SimulatorError(`the fault cannot be understood:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function strikes(fault: PreparedFault, request: { platform: string; method: string; path: string }): boolean {
  return (
    (fault.platform === undefined || fault.platform === request.platform) &&
    (fault.method === undefined || fault.method === request.method) &&
    (fault.path === undefined || new RegExp(fault.path).test(request.path))
  );
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
