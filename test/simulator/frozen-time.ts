/** The simulator's time, which moves only when a test says so. */

/** Freezes the clock until `jest.restoreAllMocks`. Returns what moves it forward, by milliseconds. */
export function freezeTime(): (ms: number) => void {
  let now = Date.now();
  jest.spyOn(Date, "now").mockImplementation(() => now);
  return (ms) => void (now += ms);
}
