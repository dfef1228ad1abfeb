import { formatDuration } from "../../provider/wait/duration";

test.each([
  [0, "0s"],
  [499, "0s"],
  [59_400, "59s"],
  [59_600, "1m"],
  [130_000, "2m10s"],
  [2_700_000, "45m"],
  [3_600_000, "1h"],
  [5_430_000, "1h30m"],
  [90_000_000, "25h"],
])("%d ms reads %s", (ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});
