/** A sequence of states in time, as a platform showed them, and how a wait for it must end. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConnectionError, PlatformError, UnreadableAnswerError } from "../../provider/errors";
import type { Phase, Replicas, Snapshot } from "../../provider/platform";
import type { WaitEnd } from "../../provider/wait/wait";

export interface RecordedSequence {
  /** The behaviour that the sequence shows; the test's name. */
  behaviour: string;
  done?: Phase[];
  failed?: Phase[];
  deadlineSeconds?: number;
  cancelAtSeconds?: number;
  seen: RecordedState[];
  expected: {
    end: WaitEnd;
    history: string;
    /** All lines, in order. */
    reports?: string[];
    /** When the loop looked, in whole seconds. */
    observedAtSeconds?: number[];
    lookCount?: number;
    /** The phase of the snapshot that is left at the end. */
    phase?: Phase;
  };
}

/** What is there from a moment on, until the next one begins. */
export interface RecordedState {
  fromSeconds: number;
  phase?: Phase;
  status?: string;
  reason?: string;
  replicas?: Replicas;
  confirmSeconds?: number;
  error?: "connection" | "unreadable" | { status: number; retryAfter?: string };
}

const folder = join(__dirname, "sequences");

export function recordedSequences(): [file: string, sequence: RecordedSequence][] {
  return readdirSync(folder).map((file) => [
    file,
    JSON.parse(readFileSync(join(folder, file), "utf8")) as RecordedSequence,
  ]);
}

/** What a look at this moment finds; throws what the client would throw. */
export function stateAt(states: readonly RecordedState[], elapsedMs: number): Snapshot {
  const state = states.findLast(({ fromSeconds }) => fromSeconds * 1000 <= elapsedMs);
  if (state === undefined) throw new Error("a sequence must begin at 0");
  if (state.error !== undefined) throw errorFrom(state.error);
  const { phase = "pending", status: platformStatus = "", reason, replicas, confirmSeconds } = state;
  return {
    phase,
    platformStatus,
    details: {},
    ...(reason === undefined ? {} : { reason }),
    ...(replicas === undefined ? {} : { replicas }),
    ...(confirmSeconds === undefined ? {} : { confirmSeconds }),
  };
}

export function errorFrom(error: NonNullable<RecordedState["error"]>): Error {
  if (error === "connection") return new ConnectionError("no answer arrived", true);
  if (error === "unreadable") return new UnreadableAnswerError("a body that cannot be read");
  const kind = error.status === 429 || error.status >= 500 ? "transient" : "refused";
  return new PlatformError(`answered ${error.status}`, error.status, kind, undefined, "", error.retryAfter);
}
