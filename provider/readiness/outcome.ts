/** What the waits came to: a state, or an error that keeps the resource with what is known. */
import { InitializationError } from "../errors";
import { outcomeText, unconfirmed } from "../lifecycle/awaited-deployment";
import { redactTexts } from "../lifecycle/state";
import type { Phase, Snapshot } from "../platform";
import type { Redactor } from "../redaction";
import type { Properties } from "../resources/resource-kind";
import { formatDuration } from "../wait/duration";
import { memberState } from "./members";
import type { Member } from "./members";
import type { Outcome } from "./wait-for-all";

/** What was seen of one deployment, as a state keeps it. */
export interface Sight {
  member: Member;
  status: Phase;
  endpoint: string | undefined;
  /** Whether it is as the program wants it. */
  isWell: boolean;
}

export function toState(inputs: Properties, sights: readonly Sight[]): Properties {
  const by = <Value>(valueOf: (sight: Sight) => Value): Record<string, Value> =>
    Object.fromEntries(sights.map((sight) => [sight.member.name, valueOf(sight)]));
  const endpoints = Object.entries(by(({ endpoint }) => endpoint)).filter(([, endpoint]) => endpoint !== undefined);
  return {
    ...inputs,
    deployments: by(({ member }) => memberState(member)),
    endpoints: Object.fromEntries(endpoints),
    statuses: by(({ status }) => status),
    ready: sights.every(({ isWell }) => isWell),
  };
}

/** @throws InitializationError where not all became as they should be. */
export function settled(id: string, inputs: Properties, outcomes: readonly Outcome[]): Properties {
  const state = toState(inputs, outcomes.map(sightOf));
  const reasons = reasonsOf(outcomes);
  if (reasons.length === 0) return state;
  const unwell = outcomes.filter(({ result }) => result.end !== "done").length;
  const message = `${unwell} of ${outcomes.length} deployments are not ready`;
  throw new InitializationError(message, id, state, reasons);
}

export function seen(member: Member, snapshot: Snapshot, redactor: Redactor, isWell: boolean): Sight {
  const details = redactTexts({ ...member.reference.details, ...snapshot.details }, redactor);
  return {
    member: { ...member, reference: { ...member.reference, details } },
    status: snapshot.phase,
    endpoint: redactTexts(snapshot.endpoint, redactor),
    isWell,
  };
}

function sightOf({ member, awaited, result }: Outcome): Sight {
  const { end, snapshot } = result;
  if (snapshot === undefined) return { member, status: "unknown", endpoint: undefined, isWell: false };
  const believed = end === "done" || end === "failed" ? snapshot : unconfirmed(snapshot);
  return seen(member, believed, awaited.connection.redactor, end === "done");
}

/** One for each deployment that did not become ready, and what to do; one for all whose wait was cancelled. */
function reasonsOf(outcomes: readonly Outcome[]): string[] {
  const unwell = outcomes.filter(({ result }) => result.end !== "done");
  const [first] = unwell;
  if (first === undefined) return [];
  const cancelled = unwell.filter(({ result }) => result.end === "cancelled");
  const others = unwell.filter(({ result }) => result.end !== "cancelled");
  const told = others.map(({ member, awaited, result }) => `${member.name}: ${outcomeText(awaited, result)}`);
  if (cancelled.length > 0) {
    const names = cancelled.map(({ member }) => member.name).join(", ");
    const after = formatDuration(cancelled[0]?.result.elapsedMs ?? 0);
    told.push(`the wait for ${cancelled.length} of ${outcomes.length} was cancelled after ${after}: ${names}`);
  }
  return [...told, adviceOn(others)];
}

function adviceOn(failed: readonly Outcome[]): string {
  const isOver = failed.some(({ result }) => result.end === "failed");
  const isGone = failed.some(({ result }) => result.end === "failed" && result.snapshot?.phase === "gone");
  return [
    "all are kept in state, and may cost money while they exist",
    ...(isOver ? ["`pulumi up --refresh` replaces or repairs what failed"] : []),
    // With the keys of another account nothing is there.
    ...(isGone ? ["what has a provider of its own needs a Readiness with that provider"] : []),
    failed.length === 0 ? "`pulumi up` goes on waiting" : "`pulumi up` goes on waiting for the others",
  ].join("; ");
}
