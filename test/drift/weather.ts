/** What happens to a healthy deployment all day: load comes and goes, versions roll out, answers change their looks. */
import type { Simulator } from "../../simulator";

export interface Weather {
  /** For how many looks a roll-out lasts that began now; 0 when it only rained. */
  next(): number;
  /** The roll-out is over. */
  clear(): void;
}

type Make = (simulator: Simulator, id: () => string, random: () => number) => Weather;

/** Shorter than any settling lasts. */
const longestRollOut = 4;

const deepinfra: Make = (simulator, id, random) => {
  const act = (action: string, change: object = {}): void =>
    simulator.act({ platform: "deepinfra", id: id(), action, ...change });
  const events: (() => number)[] = [
    () => during(() => act("scale", { running: below(random, 3) })),
    () => during(() => simulator.configure({ deepinfra: { newerApi: random() < 0.5 } })),
    () => during(() => simulator.configure({ deepinfra: { timestamps: oneOf(random, ["zone", "no-zone"]) } })),
    () =>
      during(() => simulator.configure({ deepinfra: { optionalParts: oneOf(random, ["present", "null", "absent"]) } })),
    () => rollOut(random, () => act("status", { status: oneOf(random, ["updating", "deploying", "warming-up"]) })),
  ];
  return { next: () => oneOf(random, events)(), clear: () => act("finish") };
};

const foundry: Make = (simulator, id, random) => {
  const act = (action: string, change: object = {}): void =>
    simulator.act({ platform: "foundry", id: id(), action, ...change });
  const events: (() => number)[] = [
    () => during(() => act("scale", { running: 1 + below(random, 2) })),
    () => during(() => act("publish")),
    () => during(() => simulator.configure({ foundry: { normalises: random() < 0.5 } })),
    () =>
      during(() =>
        simulator.configure({ foundry: { serverDefaults: oneOf(random, ["all", "thread-count", "none"]) } }),
      ),
    () => during(() => simulator.configure({ foundry: { emptyParts: oneOf(random, ["absent", "present"]) } })),
    () => during(() => act("configure", { runtimeConfiguration: { memory: oneOf(random, ["1GiB", "1024MiB"]) } })),
    () => rollOut(random, () => act("status", { status: oneOf(random, ["STARTING", "ROLLING"]) })),
    () => rollOut(random, () => act("degrade")),
  ];
  return { next: () => oneOf(random, events)(), clear: () => act("finish") };
};

const opensearch: Make = (simulator, id, random) => {
  const act = (action: string, change: object = {}): void =>
    simulator.act({ platform: "opensearch", id: id(), action, ...change });
  const events: (() => number)[] = [
    () => during(() => simulator.configure({ opensearch: { unstableNodeOrder: random() < 0.5 } })),
    () => during(() => act("deploy")),
    () => rollOut(random, () => act("status", { status: oneOf(random, ["DEPLOYING", "PARTIALLY_DEPLOYED"]) })),
    () => rollOut(random, () => act("status", { status: "MIGRATING" })),
  ];
  return { next: () => oneOf(random, events)(), clear: () => act("status", { status: "DEPLOYED" }) };
};

const kore: Make = (simulator, id, random) => {
  const act = (action: string): void => simulator.act({ platform: "kore", id: id(), action });
  const events: (() => number)[] = [
    () => during(() => act("deploy")),
    () => during(() => act("finish")),
    () => during(() => act("expire-job")),
    () => during(() => simulator.configure({ kore: { statusCase: oneOf(random, ["upper", "lower"]) } })),
  ];
  return { next: () => oneOf(random, events)(), clear: () => undefined };
};

export const weathers: Record<string, Make> = { deepinfra, foundry, opensearch, kore };

function during(event: () => void): number {
  event();
  return 0;
}

function rollOut(random: () => number, event: () => void): number {
  event();
  return 1 + below(random, longestRollOut);
}

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

function oneOf<Choice>(random: () => number, choices: readonly Choice[]): Choice {
  const choice = choices[below(random, choices.length)];
  if (choice === undefined) throw new Error("there is nothing to choose from");
  return choice;
}
