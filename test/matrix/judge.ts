/** What a course must not be. */
import type { MatrixCase } from "./cases";
import type { Course } from "./course";
import { type Subject, subjects } from "./subjects";

export interface Verdict {
  duplicate: boolean;
  orphan: boolean;
  stuck: boolean;
  /** What else is wrong: with the case itself, or with what was said. */
  complaints: string[];
}

export function judge(theCase: MatrixCase, course: Course): Verdict {
  const { mostAtOnce, startedTwice, running, saved, leftOver, ups, destroys, struck } = course;
  const known = saved?.slice(saved.indexOf("/") + 1);
  const unknown = running.filter((id) => id !== known);
  const subject = subjects.find(({ platform }) => platform === theCase.platform) as Subject;
  return {
    duplicate: mostAtOnce > 1 || startedTwice > 0 || running.length > 1,
    orphan: unknown.length > 0 || leftOver.length > 0,
    stuck: ups === undefined || destroys === undefined,
    complaints: [
      ...(struck === 0 ? ["the fault has struck nothing"] : []),
      ...(running.length === 0 && !mayBeGone(theCase) ? ["nothing runs after `up`"] : []),
      ...course.errors.flatMap((error) => problemsOf(error, subject)),
    ],
  };
}

/** Kore cannot be asked whether a model still runs after a removal whose answer was lost. */
function mayBeGone({ platform, call }: MatrixCase): boolean {
  return platform === "kore" && call === "delete";
}

/** A sentence says of what it speaks, and what to do. */
function problemsOf(error: string, { title }: Subject): string[] {
  return [
    ...(error.includes(title) ? [] : [`does not say what it speaks of: ${error}`]),
    ...(/`pulumi |adopt: "|check |look into|correct |choose another|run the command/.test(error)
      ? []
      : [`gives no advice: ${error}`]),
  ];
}
