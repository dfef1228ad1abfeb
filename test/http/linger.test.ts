import { withLinger } from "../../provider/http/linger";

const shortMs = 5;

test("a request that is under way when the user cancels may still end", async () => {
  const abort = new AbortController();

  const answer = await withLinger(
    abort.signal,
    (signal) => {
      abort.abort();
      return Promise.resolve(signal.aborted ? "torn" : "d1");
    },
    60_000,
  );

  expect(answer).toBe("d1");
});

test("it is torn when it lasts longer than a moment", async () => {
  const abort = new AbortController();

  const answer = withLinger(
    abort.signal,
    (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("torn")));
        abort.abort();
      }),
    shortMs,
  );

  await expect(answer).rejects.toThrow("torn");
});

test("nothing is sent once the cancel is there", async () => {
  const answer = withLinger(AbortSignal.abort(), (signal) => Promise.resolve(signal.aborted));

  await expect(answer).resolves.toBe(true);
});

test("it leaves no listener and no timer behind", async () => {
  const abort = new AbortController();
  const remove = jest.spyOn(abort.signal, "removeEventListener");

  await withLinger(abort.signal, () => Promise.resolve("d1"));

  expect(remove).toHaveBeenCalledWith("abort", expect.any(Function));
});
