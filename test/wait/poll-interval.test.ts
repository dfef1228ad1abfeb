import fc from "fast-check";
import { pollIntervalMs } from "../../provider/wait/poll-interval";

const policy = { shortestMs: 1_000, longestMs: 20_000 };
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("stays within a tenth of the policy's bounds, whatever has passed and whatever chance says", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), share, (elapsedMs, random) => {
      const interval = pollIntervalMs(policy, elapsedMs, () => random);

      expect(interval).toBeGreaterThanOrEqual(policy.shortestMs * 0.9);
      expect(interval).toBeLessThanOrEqual(policy.longestMs * 1.1);
    }),
  );
});

test("never shrinks as the wait goes on", () => {
  const elapsed = fc.double({ min: 0, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(elapsed, elapsed, share, (one, other, random) => {
      const [sooner, later] = [Math.min(one, other), Math.max(one, other)];

      const intervals = [sooner, later].map((ms) => pollIntervalMs(policy, ms, () => random));

      expect(intervals[0]).toBeLessThanOrEqual(intervals[1] ?? 0);
    }),
  );
});

test("is a twentieth of what has passed, between the bounds", () => {
  const intervals = [0, 60_000, 200_000, 4_000_000].map((elapsedMs) => pollIntervalMs(policy, elapsedMs, () => 0.5));

  expect(intervals).toEqual([1_000, 3_000, 10_000, 20_000]);
});

test("keeps two deployments that began together from asking together", () => {
  const [one, other] = [0.1, 0.9].map((random) => pollIntervalMs(policy, 60_000, () => random));

  expect(one).not.toBe(other);
});
