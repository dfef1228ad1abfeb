/** What to do about a failure of HTTP that reaches the user as it was: one that the core or an adapter words says it. */
import { ConnectionError, PlatformError, UnreadableAnswerError } from "../errors";

/** @returns the message with the next step, once. */
export function withNextStep(error: Error): string {
  const step = nextStep(error);
  return step === undefined ? error.message : `${error.message}; ${step}`;
}

function nextStep(error: Error): string | undefined {
  if (error instanceof ConnectionError) {
    return "check the network and the platform's address, and run the command again";
  }
  if (error instanceof UnreadableAnswerError) {
    return "check the platform's address, and what answers in its place, and run the command again";
  }
  if (!(error instanceof PlatformError) || error.isAdvised) return undefined;
  if (error.kind === "transient") return "run the command again when the platform answers";
  // Something else is under way, or stands in the way.
  if (error.status === 409) return "run the command again when what it names is over";
  return "correct what it names, and run the command again";
}
