import { createRateLimit } from "../../simulator/rate-limit";

test("admits so many requests in any second, on each platform by itself", () => {
  let nowMs = 0;
  const limit = createRateLimit(() => nowMs);
  const admitted = (platform: string, count: number): number =>
    Array.from({ length: count }, () => limit.admits(platform, 3)).filter(Boolean).length;

  expect(admitted("a", 5)).toBe(3);
  expect(admitted("b", 5)).toBe(3);
  nowMs = 999;
  expect(admitted("a", 5)).toBe(0);
  nowMs = 1_000;
  expect(admitted("a", 2)).toBe(2);
  nowMs = 1_500;
  expect(admitted("a", 5)).toBe(1);
});
