/** The scenarios' names, for those who need no more of them. */

export const scenarioNames = [
  "default",
  "slow-start",
  "no-capacity",
  "failure",
  "throttling",
  "flaky",
  "lost-answers",
  "resets",
] as const;

export type ScenarioName = (typeof scenarioNames)[number];
