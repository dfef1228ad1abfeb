/** Faults that a scenario leaves to chance. */
import { type PreparedFault, prepareFault } from "./faults";
import type { CompleteScenario } from "./scenario";

/** The fault that a scenario's shares bring upon a request, if any. One draw for each share that is not 0. */
export function chanceFault(
  scenario: CompleteScenario,
  method: string,
  random: () => number,
): PreparedFault | undefined {
  const { throttling, serverErrors, lostAnswers, resets } = scenario;
  const drawn = (share: number): boolean => share > 0 && random() < share;

  if (drawn(throttling.share ?? 0)) return throttled(scenario);
  if (drawn(serverErrors.share)) return prepareFault({ kind: "status", status: serverErrors.status ?? 503 });
  if (method !== "GET" && drawn(lostAnswers.share)) return prepareFault({ kind: "lost-answer" });
  if (drawn(resets.share)) return prepareFault({ kind: "reset" });
  return undefined;
}

/** What a platform answers to one request too many. */
export function throttled({ throttling }: CompleteScenario): PreparedFault {
  const headers = { "retry-after": String(throttling.retryAfterSeconds ?? 1) };
  return prepareFault({ kind: "status", status: 429, headers });
}
