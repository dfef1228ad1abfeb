/** Half of the random runs, so that both of jest's workers have some. */
import fc from "fast-check";
import { figuresText, noFigures } from "./figures";
import { play } from "./run";
import { sequences } from "./sequences";
import { sequenceText } from "./steps";
import type { Sequence } from "./steps";
import { openWorld } from "./world";

const defaultSeed = 20261121;
const defaultRuns = 2_000;

/** Declares the test of one half. `RANDOM_SEED`, `RANDOM_RUNS` and `RANDOM_PATH` replay one, or run more. */
export function testHalf(index: 0 | 1): void {
  const { RANDOM_PATH: path, RANDOM_RUNS, RANDOM_SEED } = process.env;
  const seed = Number(RANDOM_SEED ?? defaultSeed) + index;
  const all = Math.ceil(Number(RANDOM_RUNS ?? defaultRuns) / 2);
  // A path belongs to one seed, which is the first half's.
  const runs = path === undefined ? all : 1 - index;
  const timeoutMs = 300_000 + runs * 1_000;

  test(
    `${runs} random sequences from seed ${seed} leave nothing lost, twice or wrong`,
    async () => {
      const figures = noFigures();
      const world = await openWorld();
      // The jitter of pauses would let a seed have several outcomes.
      const jitter = jest.spyOn(Math, "random").mockReturnValue(0.5);
      const property = fc.asyncProperty(sequences, (sequence) => play(world, sequence, figures));
      try {
        const result = await fc.check(property, { seed, numRuns: runs, ...(path === undefined ? {} : { path }) });
        process.stdout.write(`random runs from seed ${seed}: ${figuresText(figures)}\n`);
        if (result.failed) throw new Error(failureText(result, seed));
      } finally {
        jitter.mockRestore();
        await world.close();
      }
    },
    timeoutMs,
  );
}

function failureText(result: fc.RunDetails<[Sequence]>, seed: number): string {
  const { counterexample, counterexamplePath, errorInstance, numRuns } = result;
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return [
    `after ${numRuns} sequences: ${why}`,
    counterexample === null ? "" : sequenceText(counterexample[0]),
    `replay: RANDOM_SEED=${seed} RANDOM_PATH=${counterexamplePath} npx jest test/random/first-half.test.ts --selectProjects unit`,
  ].join("\n\n");
}
