/** Random sequences, weighed so that no platform and no kind of step is rare. */
import fc from "fast-check";
import type { PlatformId } from "../../simulator";
import { fares, names, outsideActs, resources } from "./steps";
import type { Moment, Program, Sequence, Step, StepFault, Wish } from "./steps";

export const stepsOfSequence = 10;

const platform = fc.constantFrom<PlatformId[]>("deepinfra", "kore", "opensearch", "foundry");
const resource = fc.constantFrom(...resources);
const name = fc.constantFrom(...names);
const size = fc.constantFrom<Wish["size"][]>(1, 2, 3);
const make = fc.constantFrom<Wish["make"][]>(1, 2);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });

const wish: fc.Arbitrary<Wish> = fc
  .record({
    platform,
    ...{ name, size, make },
    enabled: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(false) }),
    waitForReady: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    onCreateFailure: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant("remove" as const) },
    ),
  })
  .map((parts) => withoutUndefined(parts) as Wish);

const change = fc
  .oneof(
    { weight: 3, arbitrary: fc.record({ size }) },
    { weight: 3, arbitrary: fc.record({ make }) },
    { weight: 3, arbitrary: fc.record({ name }) },
    { weight: 1, arbitrary: fc.record({ enabled: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ waitForReady: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ onCreateFailure: fc.constantFrom("keep" as const, "remove" as const) }) },
  )
  .map((to): Partial<Omit<Wish, "platform">> => to);

const pair = fc.constantFrom(["a", "b"] as const, ["a", "c"] as const, ["b", "c"] as const);

const programStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("change" as const), resource, to: change }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("want" as const), resource, wish }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("drop" as const), resource }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("swap" as const), resources: pair }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("adopt" as const), resource }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("unadopt" as const), resource }) },
);

/** The numbers of requests of an `up` of one to three resources, the early ones more often. */
const moment: fc.Arbitrary<Moment> = fc.record({
  request: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 16 })),
  when: fc.constantFrom("sent" as const, "answered" as const),
});

const kill = fc.tuple(moment, fc.boolean()).map(([when, both]) => ({ ...when, both }));

const engineStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Step>({ do: "up" }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: "refresh and up" }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: "refresh" }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: "destroy" }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom("up" as const, "refresh and up" as const), kill }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("destroy" as const), kill }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("up" as const, "up" as const, "refresh" as const, "destroy" as const),
      cancel: moment,
    }),
  },
);

const statuses = [401, 403, 409, 429, 500, 502, 503];

const singleFault: fc.Arbitrary<StepFault> = fc
  .record({
    kind: fc.constantFrom<StepFault["kind"][]>(
      ...(["reset", "lost-answer", "cut-answer", "garbage", "delay", "status", "status", "status", "status"] as const),
    ),
    status: fc.constantFrom(...statuses),
    of: fc.constantFrom<StepFault["of"][]>("changes", "changes", "reads", "all"),
    skip: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 })),
    times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 8 })),
  })
  .map(({ status, ...rest }) => (rest.kind === "status" ? { ...rest, status } : rest));

/** All requests from one on, for a while: also those that look for what the first one has made. */
const outage: fc.Arbitrary<StepFault> = fc.record({
  kind: fc.constantFrom<StepFault["kind"][]>("reset", "lost-answer", "cut-answer", "garbage"),
  of: fc.constant("all" as const),
  skip: fc.integer({ min: 0, max: 4 }),
  times: fc.integer({ min: 4, max: 16 }),
});

const fault = fc.oneof({ weight: 3, arbitrary: singleFault }, { weight: 1, arbitrary: outage });

const worldStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({ do: fc.constant("outside" as const), resource, act: fc.constantFrom(...outsideActs) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("by hand" as const), platform, name, make }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("fares" as const), platform, how: fc.constantFrom(...fares) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.constantFrom(5, 60, 600) }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  // First, since everything else shrinks towards it.
  { withCrossShrink: true },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "nothing" }) },
  { weight: 30, arbitrary: engineStep },
  { weight: 15, arbitrary: programStep },
  { weight: 13, arbitrary: worldStep },
  { weight: 13, arbitrary: fc.record({ do: fc.constant("fault" as const), fault }) },
);

const program: fc.Arbitrary<Program> = fc
  .record({ a: wish, b: perhaps(wish), c: perhaps(wish) })
  .map((parts) => withoutUndefined(parts) as Program);

export const sequences: fc.Arbitrary<Sequence> = fc.record({
  program,
  oneMachine: fc.boolean(),
  steps: fc.array(step, { minLength: stepsOfSequence, maxLength: stepsOfSequence }),
});

function withoutUndefined(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
