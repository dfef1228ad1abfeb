/** What can go wrong with one request, as the simulator does it. */
import type { Fault } from "../../simulator";

export interface MatrixFault {
  name: string;
  /** Undefined where nobody listens: no simulator can answer so. */
  strike: Omit<Fault, "platform" | "method" | "path" | "times" | "skip"> | undefined;
  /** The request was carried out all the same. */
  acts: boolean;
  /**
   * What follows when it lasts until the operation has ended, as an outage does. `same`: the first one ends the call
   * already. `too-long`: each request waits for the client's own minute.
   */
  lasting: "differs" | "same" | "too-long";
  /** After so many requests a fault that lasts is over, where the provider would ask on for minutes. */
  most?: number;
  /** Whether it is a fault of a request that only reads, too. */
  ofReads: boolean;
}

const page = "<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>";
const html = { "content-type": "text/html" };
const status = (code: number, more: Partial<Fault> = {}) => ({ kind: "status", status: code, ...more }) as const;

/** An account that throttles is asked again 30 times, for some seven minutes. */
const mostThrottled = 6;

const before = { acts: false, ofReads: true } as const;
/** To a request that reads it makes no difference whether it was carried out. */
const after = { acts: true, ofReads: false } as const;

/** Ends a call at once. */
export const refusedKey: MatrixFault = { name: "403", strike: status(403), lasting: "same", ...before };

/** The request is not carried out. */
const notCarriedOut: MatrixFault[] = [
  { name: "connection refused", strike: undefined, lasting: "differs", ...before },
  { name: "connection reset", strike: { kind: "reset" }, lasting: "differs", ...before },
  { name: "time-out", strike: { kind: "hang" }, lasting: "too-long", ...before },
  { name: "401", strike: status(401), lasting: "differs", ...before },
  refusedKey,
  { name: "409", strike: status(409), lasting: "differs", ...before },
  { name: "422", strike: status(422), lasting: "same", ...before },
  { name: "429", strike: status(429), lasting: "differs", most: mostThrottled, ...before },
  {
    name: "429 with Retry-After",
    strike: status(429, { headers: { "retry-after": "1" } }),
    lasting: "differs",
    most: mostThrottled,
    ...before,
  },
  { name: "500", strike: status(500), lasting: "differs", ...before },
  { name: "502 with a page", strike: status(502, { body: page, headers: html }), lasting: "differs", ...before },
  { name: "503", strike: status(503), lasting: "differs", ...before },
];

/** The request is carried out, and its answer does not come through. */
const carriedOut: MatrixFault[] = [
  { name: "carried out, answer lost", strike: { kind: "lost-answer" }, lasting: "differs", ...after },
  { name: "carried out, time-out", strike: { kind: "hang", acts: true }, lasting: "too-long", ...after },
  { name: "carried out, answer cut", strike: { kind: "cut-answer" }, lasting: "differs", ...after, ofReads: true },
  { name: "carried out, unreadable answer", strike: { kind: "garbage" }, lasting: "differs", ...after, ofReads: true },
  { name: "carried out, 500", strike: status(500, { acts: true }), lasting: "differs", ...after },
  {
    name: "carried out, 502 with a page",
    strike: status(502, { acts: true, body: page, headers: html }),
    lasting: "differs",
    ...after,
  },
  { name: "carried out, 503", strike: status(503, { acts: true }), lasting: "differs", ...after },
];

export const matrixFaults: readonly MatrixFault[] = [...notCarriedOut, ...carriedOut];
