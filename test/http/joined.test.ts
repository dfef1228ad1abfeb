import { CancelledError } from "../../provider/errors";
import { joined } from "../../provider/http/joined";

const never = new AbortController().signal;

/** Questions that are answered one after the other, by their numbers. */
function questions() {
  const asked: { answer: () => Promise<void>; fail: (error: Error) => Promise<void>; signal: AbortSignal }[] = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const ask = joined(
    (signal) =>
      new Promise<number>((resolve, reject) => {
        const number = asked.length;
        asked.push({
          signal,
          answer: () => (resolve(number), settled()),
          fail: (error) => (reject(error), settled()),
        });
      }),
  );
  return { ask, asked };
}

test("who asks alone has a question of its own", async () => {
  const { ask, asked } = questions();
  const first = ask(never);
  await asked[0]?.answer();
  const second = ask(never);
  await asked[1]?.answer();

  expect([await first, await second]).toEqual([0, 1]);
});

test("those who come while a question is on its way share the next one, however many", async () => {
  const { ask, asked } = questions();
  const first = ask(never);
  const others = [ask(never), ask(never), ask(never)];
  expect(asked).toHaveLength(1);
  await asked[0]?.answer();
  const late = ask(never);
  expect(asked).toHaveLength(2);
  await asked[1]?.answer();
  await asked[2]?.answer();

  expect(await Promise.all([first, ...others, late])).toEqual([0, 1, 1, 1, 2]);
});

test("a question that fails fails for those who share it, and not for those after them", async () => {
  const { ask, asked } = questions();
  const [first, second] = [ask(never), ask(never)];
  await Promise.all([asked[0]?.fail(new Error("no")), expect(first).rejects.toThrow("no")]);
  await asked[1]?.answer();

  expect(await second).toBe(1);
});

test("a cancel ends the question of those who were cancelled alone", async () => {
  const { ask, asked } = questions();
  const first = ask(never);
  const cancelled = new AbortController();
  const [second, third] = [ask(cancelled.signal), ask(never)];
  await asked[0]?.answer();
  cancelled.abort();
  const ended = expect(second).rejects.toThrow(CancelledError);
  await asked[1]?.fail(new CancelledError("cancelled"));
  await ended;
  expect(asked[2]?.signal).toBe(never);
  await asked[2]?.answer();

  expect([await first, await third]).toEqual([0, 2]);
});

test("a question without an answer holds the others for two seconds, and no longer", async () => {
  jest.useFakeTimers({ doNotFake: ["setImmediate"] });
  const { ask, asked } = questions();
  const first = ask(never);
  const second = ask(never);
  await jest.advanceTimersByTimeAsync(1_999);
  expect(asked).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(asked).toHaveLength(2);
  await asked[0]?.answer();
  // Still behind the second.
  const third = ask(never);
  expect(asked).toHaveLength(2);
  await asked[1]?.answer();
  await asked[2]?.answer();
  jest.useRealTimers();

  expect(await Promise.all([first, second, third])).toEqual([0, 1, 2]);
});
