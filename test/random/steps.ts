/** What happens in a random run, as data: a counter-example is a list of these, to be pasted into a test. */
import type { PlatformId } from "../../simulator";

export const resources = ["a", "b", "c"] as const;
export type ResourceName = (typeof resources)[number];

export const names = ["x", "y", "z"] as const;

/** What the program wants of one resource, in words that mean something on every platform. */
export interface Wish {
  platform: PlatformId;
  /** By which the platform recognises it. */
  name: (typeof names)[number];
  /** Changed in place. */
  size: 1 | 2 | 3;
  /** Changed by a replacement; on OpenSearch, where nothing but the model is, without effect. */
  make: 1 | 2;
  /** Foundry alone can be told to stand still. */
  enabled?: boolean;
  waitForReady?: boolean;
  onCreateFailure?: "keep" | "remove";
}

export type Program = Partial<Record<ResourceName, Wish>>;

/** Where something strikes a running operation: at its request of this number. */
export interface Moment {
  request: number;
  /** `sent`: the platform has the request and has not acted. `answered`: it has, and nobody has read the answer. */
  when: "sent" | "answered";
}

/** A change of the program. Where it has no such resource, of its first one. */
export type ProgramStep =
  | { do: "want"; resource: ResourceName; wish: Wish }
  | { do: "change"; resource: ResourceName; to: Partial<Omit<Wish, "platform">> }
  | { do: "drop"; resource: ResourceName }
  | { do: "swap"; resources: readonly [ResourceName, ResourceName] }
  /** Names what runs under the resource's name, whoever made it. */
  | { do: "adopt"; resource: ResourceName }
  | { do: "unadopt"; resource: ResourceName };

/** A command. `kill` is the end of the engine, whose provider does what it still can, or of both. */
export interface EngineStep {
  do: "up" | "refresh" | "destroy" | "refresh and up";
  kill?: Moment & { both: boolean };
  cancel?: Moment;
}

/** Somebody else, and the platforms. */
type WorldStep =
  | { do: "outside"; resource: ResourceName; act: OutsideAct }
  | { do: "by hand"; platform: PlatformId; name: Wish["name"]; make: Wish["make"] }
  | { do: "fault"; fault: StepFault }
  | { do: "fares"; platform: PlatformId; how: Fare }
  | { do: "pass"; seconds: number };

export type Step = { do: "nothing" } | ProgramStep | EngineStep | WorldStep;

export const outsideActs = ["stop", "start", "scale", "configure", "remove", "fail"] as const;
export type OutsideAct = (typeof outsideActs)[number];

export const fares = ["well", "failure", "no-capacity", "slow"] as const;
export type Fare = (typeof fares)[number];

/** Strikes `times` requests of the provider, after it has let `skip` through. */
export interface StepFault {
  kind: "reset" | "lost-answer" | "cut-answer" | "garbage" | "delay" | "status";
  /** For `status`. */
  status?: number;
  /** Only requests that change something, only those that read, or both. */
  of: "changes" | "reads" | "all";
  skip: number;
  times: number;
}

export interface Sequence {
  program: Program;
  /** The runs are on one machine, which keeps the notes of creations; else each is on a new one, as in CI. */
  oneMachine: boolean;
  steps: readonly Step[];
}

/** The sequence as the literal that a test takes. */
export function sequenceText({ program, oneMachine, steps }: Sequence): string {
  const lines = steps.filter((step) => step.do !== "nothing").map((step) => `    ${literal(step)},`);
  return [
    `{`,
    `  program: ${literal(program)},`,
    `  oneMachine: ${oneMachine},`,
    `  steps: [`,
    ...lines,
    `  ],`,
    `}`,
  ].join("\n");
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{ ${members.map(([key, member]) => `${key}: ${literal(member)}`).join(", ")} }`;
}
