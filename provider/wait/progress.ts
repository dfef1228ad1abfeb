/** What a wait has seen, and what it tells of that. */
import { messageOf, PlatformError, UnreadableAnswerError } from "../errors";
import type { Phase, Snapshot } from "../platform";
import type { Clock } from "./clock";
import { formatDuration } from "./duration";
import { createHistory } from "./history";
import type { History } from "./history";

/** CI ends jobs that are silent for long; some after ten minutes, a few after two. */
export const heartbeatMs = 60_000;

interface Teller {
  deadlineMs: number;
  /** Phases that may be left from before. */
  leftover: readonly Phase[];
  report(line: string): void;
  clock: Clock;
}

export interface Progress {
  history: History;
  /** Whether any phase was seen that cannot be left from before. */
  moved: boolean;
  /** When the platform's own state was seen to change last. */
  changedMs: number;
  show(snapshot: Snapshot): void;
  showError(error: unknown): void;
  /** Says again what was said last, when nothing was said for long. */
  repeat(): void;
}

export function createProgress(teller: Teller, startMs: number): Progress {
  const history = createHistory();
  let newest = { key: "", state: "waiting for the first answer" };
  let saidAtMs = startMs;
  let shownState: string | undefined;

  function say(): void {
    saidAtMs = teller.clock.now();
    const elapsed = formatDuration(saidAtMs - startMs);
    teller.report(`${newest.state} · ${elapsed} of ${formatDuration(teller.deadlineMs)}`);
  }

  function sayIfNew(state: string, key = state): void {
    const isNew = key !== newest.key;
    newest = { key, state };
    if (isNew) say();
  }

  const progress: Progress = {
    history,
    moved: false,
    changedMs: startMs,
    show(snapshot) {
      if (stateText(snapshot) !== shownState) progress.changedMs = teller.clock.now();
      shownState = stateText(snapshot);
      if (!teller.leftover.includes(snapshot.phase)) progress.moved = true;
      history.record(stateText(snapshot), teller.clock.now());
      sayIfNew([stateText(snapshot), replicasText(snapshot), reasonText(snapshot)].filter(Boolean).join(" · "));
    },
    showError(error) {
      const state = errorState(error);
      history.record(state, teller.clock.now());
      // Texts of errors hold ids that are new each time, and are no news.
      sayIfNew(`${state} · ${messageOf(error)}`, state);
    },
    repeat() {
      if (teller.clock.now() - saidAtMs >= heartbeatMs) say();
    },
  };
  return progress;
}

/** What is told of a look that failed, in place of a state. */
export function errorState(error: unknown): string {
  if (error instanceof PlatformError) return `error ${error.status}`;
  return error instanceof UnreadableAnswerError ? "unreadable answer" : "no answer";
}

/** The platform's own word, and ours where that says something else. */
export function stateText(snapshot: Snapshot): string {
  const word = snapshot.platformStatus;
  if (word === "") return snapshot.phase;
  const plain = snapshot.phase === "pending" || snapshot.phase === "ready" || word.toLowerCase() === snapshot.phase;
  return plain ? word : `${word} (${snapshot.phase})`;
}

function replicasText({ replicas, phase }: Snapshot): string {
  if (replicas?.running === undefined || phase === "gone") return "";
  const wanted = replicas.running + (replicas.pending ?? 0);
  return `${replicas.running}/${wanted} running`;
}

function reasonText({ reason, phase }: Snapshot): string {
  return phase === "ready" ? "" : (reason ?? "");
}
