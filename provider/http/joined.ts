/** One question for many that ask the same. */
import { CancelledError } from "../errors";

type Ask<Answer> = (signal: AbortSignal) => Promise<Answer>;

/** An answer that hangs must not hold those who would ask after it. */
const patienceMs = 2_000;

/**
 * Those who ask while a question is on its way share the next one, which begins when that has its answer: nobody
 * gets an answer to what was asked before.
 */
export function joined<Answer>(ask: Ask<Answer>): Ask<Answer> {
  let current: Promise<Answer> | undefined;
  let next: Promise<Answer> | undefined;

  function begin(signal: AbortSignal): Promise<Answer> {
    next = undefined;
    const asked = ask(signal).finally(() => {
      if (current === asked) current = undefined;
    });
    current = asked;
    return asked;
  }

  return async (signal) => {
    if (current !== undefined) next ??= endOf(current).then(() => begin(signal));
    try {
      return await (next ?? begin(signal));
    } catch (error) {
      // Another one was cancelled, whose question it was.
      if (error instanceof CancelledError && !signal.aborted) return ask(signal);
      throw error;
    }
  };
}

/** Resolves when there is an answer or none will come, and no later than patience lasts. */
function endOf(asked: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    asked.then(end, end);
  });
}
