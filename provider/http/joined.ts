/** One question for many that ask the same. */
import { CancelledError } from "../errors";

type Ask<Answer> = (signal: AbortSignal) => Promise<Answer>;

/**
 * Those who ask while a question is on its way share the next one, which begins when that has its answer: nobody
 * gets an answer to what was asked before.
 */
export function joined<Answer>(ask: Ask<Answer>): Ask<Answer> {
  let current: Promise<Answer> | undefined;
  let next: Promise<Answer> | undefined;

  function begin(signal: AbortSignal): Promise<Answer> {
    next = undefined;
    current = ask(signal).finally(() => (current = undefined));
    return current;
  }

  return async (signal) => {
    next ??= current?.then(
      () => begin(signal),
      () => begin(signal),
    );
    try {
      return await (next ?? begin(signal));
    } catch (error) {
      // Another one was cancelled, whose question it was.
      if (error instanceof CancelledError && !signal.aborted) return ask(signal);
      throw error;
    }
  };
}
