import fc from "fast-check";
import { pollIntervalMs } from "../../provider/wait/poll-interval";

const policy = { shortestMs: 200, longestMs: 10_000 };
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const time = fc.double({ min: 0, max: 1e9, noNaN: true });
const even = (): number => 0.5;

test("stays within a tenth of the policy's bounds, whatever has passed and whatever chance says", () => {
  fc.assert(
    fc.property(time, time, share, (elapsedMs, quietMs, random) => {
      const interval = pollIntervalMs(policy, elapsedMs, quietMs, () => random);

      expect(interval).toBeGreaterThanOrEqual(policy.shortestMs * 0.9);
      expect(interval).toBeLessThanOrEqual(policy.longestMs * 1.1);
    }),
  );
});

test("never shrinks as the wait goes on and nothing moves", () => {
  fc.assert(
    fc.property(time, time, share, (one, other, random) => {
      const [sooner, later] = [Math.min(one, other), Math.max(one, other)];

      const intervals = [sooner, later].map((ms) => pollIntervalMs(policy, ms, ms, () => random));

      expect(intervals[0]).toBeLessThanOrEqual(intervals[1] ?? 0);
    }),
  );
});

test("is a quarter of a second for two minutes, so that what is ready then is seen at once", () => {
  const intervals = [0, 1_000, 10_000, 119_000].map((elapsedMs) => pollIntervalMs(policy, elapsedMs, elapsedMs, even));

  expect(intervals).toEqual([200, 200, 250, 250]);
});

test("is a fiftieth of what has passed after that, up to the longest", () => {
  const intervals = [120_000, 300_000, 4_000_000].map((elapsedMs) =>
    pollIntervalMs(policy, elapsedMs, elapsedMs, even),
  );

  expect(intervals).toEqual([2_400, 6_000, 10_000]);
});

test("is short again after a change of state, and grows from there", () => {
  const intervals = [0, 20_000, 40_000, 200_000].map((quietMs) => pollIntervalMs(policy, 400_000, quietMs, even));

  expect(intervals).toEqual([1_000, 1_000, 2_000, 8_000]);
});

test("follows a platform that wants to be asked less often", () => {
  const slow = { shortestMs: 5_000, longestMs: 15_000 };

  expect([0, 60_000, 4_000_000].map((ms) => pollIntervalMs(slow, ms, ms, even))).toEqual([5_000, 5_000, 15_000]);
});

test("keeps two deployments that began together from asking together", () => {
  const [one, other] = [0.1, 0.9].map((random) => pollIntervalMs(policy, 60_000, 60_000, () => random));

  expect(one).not.toBe(other);
});
