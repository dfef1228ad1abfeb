/** Sequences that once found a bug, and the promise that a seed replays. */
import fc from "fast-check";
import { noFigures } from "./figures";
import type { Figures } from "./figures";
import { play } from "./run";
import { sequences } from "./sequences";
import type { Sequence } from "./steps";
import { openWorld } from "./world";
import type { World } from "./world";

let world: World;

beforeAll(async () => {
  jest.spyOn(Math, "random").mockReturnValue(0.5);
  world = await openWorld();
});

afterAll(async () => {
  jest.restoreAllMocks();
  await world.close();
});

const kore = { platform: "kore", name: "x", size: 1, make: 1 } as const;
const foundry = { ...kore, platform: "foundry" } as const;
const opensearch = { ...kore, platform: "opensearch" } as const;

const found: [string, Sequence][] = [
  [
    "a renamed resource lost its model to the deletion of the one that it was",
    {
      oneMachine: true,
      program: { a: kore },
      steps: [{ do: "up" }, { do: "drop", resource: "a" }, { do: "want", resource: "c", wish: kore }],
    },
  ],
  [
    "two resources that swap their models had each other's removed",
    {
      oneMachine: true,
      program: { a: opensearch, b: { ...opensearch, name: "y" } },
      steps: [{ do: "up" }, { do: "swap", resources: ["a", "b"] }, { do: "up" }],
    },
  ],
  [
    "the same, over two runs, since the first one was killed in between",
    {
      oneMachine: true,
      program: { a: kore, b: { ...kore, name: "y" } },
      steps: [
        { do: "up" },
        { do: "swap", resources: ["a", "b"] },
        { do: "up", kill: { request: 3, when: "sent", both: true } },
      ],
    },
  ],
  [
    "a deployment on Kore whose answer was lost, and that was not waited for, was never asked for again",
    {
      oneMachine: true,
      program: { a: { ...kore, waitForReady: false } },
      steps: [{ do: "fault", fault: { kind: "reset", of: "changes", skip: 0, times: 1 } }, { do: "up" }],
    },
  ],
  [
    "a disabled deployment on Foundry was started, and its id lost with an answer that could not be read",
    {
      oneMachine: true,
      program: { a: foundry },
      steps: [
        { do: "up" },
        { do: "destroy" },
        { do: "fault", fault: { kind: "garbage", of: "changes", skip: 1, times: 1 } },
        { do: "up" },
      ],
    },
  ],
  [
    "a repair that was killed was not waited for after the next refresh",
    {
      program: { a: opensearch },
      oneMachine: true,
      steps: [
        { do: "up" },
        { do: "outside", resource: "a", act: "stop" },
        { do: "fares", platform: "opensearch", how: "slow" },
        { do: "refresh and up", kill: { request: 5, when: "sent", both: true } },
      ],
    },
  ],
  [
    "a note led to a model that another resource has by now, and kept a new one from being made",
    {
      program: { a: opensearch },
      oneMachine: true,
      steps: [
        { do: "up", kill: { request: 2, when: "sent", both: true } },
        { do: "change", resource: "a", to: { name: "z" } },
        { do: "want", resource: "b", wish: opensearch },
        { do: "up" },
      ],
    },
  ],
  [
    "an adoption had started what it was to adopt, and did not say so when the answer could not be read",
    {
      program: { a: foundry },
      oneMachine: false,
      steps: [
        { do: "up" },
        { do: "adopt", resource: "a" },
        { do: "destroy" },
        { do: "fault", fault: { kind: "garbage", of: "changes", skip: 0, times: 1 } },
        { do: "up" },
      ],
    },
  ],
  [
    "what a lost answer may have made was named no more when the look after it failed",
    {
      program: { a: { ...kore, platform: "deepinfra" } },
      oneMachine: false,
      steps: [{ do: "fault", fault: { kind: "cut-answer", of: "all", skip: 1, times: 8 } }, { do: "up" }],
    },
  ],
];

test.each(found)("%s", async (_bug, sequence) => {
  await expect(play(world, sequence, noFigures())).resolves.toBeUndefined();
});

test.each([
  ["on one machine, its note leads to it", true, { takenOver: 1, adopted: 0 }],
  ["on another machine, it is refused with its id, and adopted", false, { takenOver: 0, adopted: 1 }],
])("what a kill lost is found: %s", async (_how, oneMachine, expected) => {
  const figures = noFigures();
  const kill = { request: 2, when: "answered", both: true } as const;
  await play(
    world,
    { program: { a: { ...kore, platform: "deepinfra" } }, oneMachine, steps: [{ do: "up", kill }] },
    figures,
  );

  expect(figures).toMatchObject({ lost: 1, ...expected });
});

test("a seed replays to the same run", async () => {
  const figuresOf = async (): Promise<Figures> => {
    const figures = noFigures();
    const property = fc.asyncProperty(sequences, (sequence) => play(world, sequence, figures));
    await fc.assert(property, { seed: 7, numRuns: 40 });
    return figures;
  };

  expect(await figuresOf()).toEqual(await figuresOf());
});
