import { systemClock } from "../../provider/wait/clock";

test("a sleep ends as soon as its signal is aborted, and does not reject", async () => {
  const abort = new AbortController();
  const slept = systemClock.sleep(3_600_000, abort.signal);

  abort.abort();

  await expect(slept).resolves.toBeUndefined();
});

test("a sleep whose signal was aborted before ends at once", async () => {
  await expect(systemClock.sleep(3_600_000, AbortSignal.abort())).resolves.toBeUndefined();
});

test("a tick comes again and again until it is stopped", async () => {
  let ticks = 0;
  await new Promise<void>((resolve) => {
    const stop = systemClock.every(1, () => {
      ticks += 1;
      if (ticks < 3) return;
      stop();
      resolve();
    });
    // The clock's own timer holds no process open.
    const hold = setInterval(() => ticks >= 3 && clearInterval(hold), 1);
  });

  expect(ticks).toBe(3);
});
