/** Ends it; an error that was thrown meanwhile gets the stack of where it ends. */
export type ReleaseStacks = (thrown?: unknown) => void;

/**
 * Lets errors have no stacks for a while. The SDK notes one for each promise that it makes, some fifty for a
 * resource, and maps each to its source: most of the time that a constructor takes. They are told of promises that
 * never settle alone. For the position of a resource in its program the SDK raises the limit by itself.
 */
export function withholdStacks(): ReleaseStacks {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  return (thrown) => {
    Error.stackTraceLimit = stackTraceLimit;
    if (thrown instanceof Error) Error.captureStackTrace(thrown);
  };
}
