import { durationSeconds } from "../../sdk/duration-seconds";

test.each([
  ["45m", 2_700],
  ["1h30m", 5_400],
  ["90s", 90],
  ["1.5h", 5_400],
  ["1h2m3s", 3_723],
  ["500ms", 0.5],
  ["1m500ms", 60.5],
  [" 10m ", 600],
  ["0s", 0],
])("%j are %d seconds", (text, seconds) => {
  expect(durationSeconds(text)).toBeCloseTo(seconds);
});

test.each(["", "45", "m", "45 m", "1d", "1h 30m", "-5m", "five minutes", "10mm", "1..5h"])("%j is refused", (text) => {
  expect(() => durationSeconds(text)).toThrow(`"${text}" is not a duration; write it like "45m" or "1h30m"`);
});
