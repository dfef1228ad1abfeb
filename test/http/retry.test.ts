import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { CancelledError, ConnectionError, PlatformError, UnreadableAnswerError } from "../../provider/errors";
import type { HttpRequest } from "../../provider/http/request";
import { defaultRetryPolicy, retryAfterMs, type RetryPolicy, withRetries } from "../../provider/http/retry";

// Records the pauses instead of taking them.
jest.mock("node:timers/promises", () => ({ setTimeout: jest.fn() }));
const pause = jest.mocked(sleep);

beforeEach(() => {
  pause.mockReset();
  pause.mockImplementation((_ms, value, options) =>
    options?.signal?.aborted === true ? Promise.reject(new Error("aborted")) : Promise.resolve(value),
  );
});

const policy: RetryPolicy = {
  retries: 3,
  throttledRetries: 5,
  firstWaitMs: 100,
  longestWaitMs: 1_000,
  longestRetryAfterMs: 120_000,
};

function requestWith(more: Partial<HttpRequest<string>>): HttpRequest<string> {
  return { method: "GET", path: "/", read: String, signal: new AbortController().signal, ...more };
}

function answered(status: number, retryAfter?: string): PlatformError {
  const kind = status === 429 || status >= 500 ? "transient" : "refused";
  return new PlatformError(`answered ${status}`, status, kind, undefined, "", retryAfter);
}

/** Fails with each error in turn, then succeeds. */
function failing(...errors: Error[]): jest.Mock<Promise<string>> {
  const send = jest.fn<Promise<string>, []>(() => Promise.resolve("done"));
  errors.forEach((error) => send.mockRejectedValueOnce(error));
  return send;
}

const pausesMs = (): number[] => pause.mock.calls.map(([ms]) => ms ?? 0);

describe("what is sent again", () => {
  const busy = answered(503);
  const throttled = answered(429);
  const refused = new ConnectionError("could not connect", false);
  const lost = new ConnectionError("no answer arrived", true);

  test.each([
    ["GET", busy],
    ["GET", throttled],
    ["GET", lost],
    ["GET", refused],
    ["PUT", busy],
    ["PUT", lost],
    ["DELETE", busy],
    ["DELETE", lost],
    ["POST", throttled],
    ["POST", refused],
  ] as const)("%s after %s", async (method, error) => {
    const send = failing(error);

    await expect(withRetries(policy, requestWith({ method }), send)).resolves.toBe("done");

    expect(send).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["POST", busy],
    ["POST", answered(500)],
    ["POST", lost],
    ["GET", answered(404)],
    ["GET", answered(401)],
    ["GET", answered(422)],
    ["PUT", answered(409)],
    ["GET", new UnreadableAnswerError("a body that cannot be read")],
    ["GET", new CancelledError("cancelled")],
    ["GET", new TypeError("a bug")],
  ] as const)("not %s after %s", async (method, error) => {
    const send = failing(error);

    await expect(withRetries(policy, requestWith({ method }), send)).rejects.toBe(error);

    expect(send).toHaveBeenCalledTimes(1);
  });

  test("a POST that says it may be repeated", async () => {
    const send = failing(busy, lost);

    await withRetries(policy, requestWith({ method: "POST", repeatable: true }), send);

    expect(send).toHaveBeenCalledTimes(3);
  });

  test("not a GET that says it may not be repeated", async () => {
    const send = failing(lost);

    await expect(withRetries(policy, requestWith({ repeatable: false }), send)).rejects.toBe(lost);
  });

  test("as often as the policy says, and then the newest error is thrown", async () => {
    const newest = answered(502);
    const send = failing(busy, lost, busy, newest);

    await expect(withRetries(policy, requestWith({}), send)).rejects.toBe(newest);

    expect(send).toHaveBeenCalledTimes(4);
  });
});

test("a busy account is asked more often than one that fails, and not for ever", async () => {
  const throttled = Array.from({ length: 5 }, () => answered(429));
  const last = answered(429);

  await expect(withRetries(policy, requestWith({}), failing(...throttled, answered(503)))).resolves.toBe("done");
  await expect(withRetries(policy, requestWith({}), failing(...throttled, last))).rejects.toBe(last);
});

describe("how long it pauses", () => {
  test("between half of a doubling time and the whole of it", async () => {
    const errors = Array.from({ length: 6 }, () => answered(503));

    await withRetries({ ...policy, retries: 6 }, requestWith({}), failing(...errors));

    const whole = [100, 200, 400, 800, 1_000, 1_000];
    expect(pausesMs().every((ms, index) => ms >= (whole[index] ?? 0) / 2 && ms <= (whole[index] ?? 0))).toBe(true);
    expect(pausesMs()).toHaveLength(6);
  });

  test("within the bounds of the jitter, whatever chance says", () => {
    const random = jest.spyOn(Math, "random");
    return fc
      .assert(
        fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (chance) => {
          random.mockReturnValue(chance);
          pause.mockClear();

          await withRetries(policy, requestWith({}), failing(answered(503), answered(503)));

          const [first = 0, second = 0] = pausesMs();
          expect(first).toBeGreaterThanOrEqual(50);
          expect(first).toBeLessThanOrEqual(100);
          expect(second).toBeGreaterThanOrEqual(100);
          expect(second).toBeLessThanOrEqual(200);
        }),
      )
      .finally(() => random.mockRestore());
  });

  test("as many seconds as the platform asks for", async () => {
    await withRetries(policy, requestWith({}), failing(answered(429, "7"), answered(503, " 1.5 ")));

    expect(pausesMs()).toEqual([7_000, 1_500]);
  });

  test("until the date that the platform names", async () => {
    jest.spyOn(Date, "now").mockReturnValue(Date.parse("Wed, 21 Oct 2026 07:28:00 GMT"));

    await withRetries(policy, requestWith({}), failing(answered(429, "Wed, 21 Oct 2026 07:28:30 GMT")));

    expect(pausesMs()).toEqual([30_000]);
    jest.restoreAllMocks();
  });

  test.each(["0", "Wed, 21 Oct 2015 07:28:00 GMT", "-1", "soon", ""])(
    "as if nothing were asked for after Retry-After: %s",
    async (retryAfter) => {
      await withRetries(policy, requestWith({}), failing(answered(429, retryAfter)));

      expect(pausesMs()).toHaveLength(1);
      expect(pausesMs()[0]).toBeGreaterThanOrEqual(50);
    },
  );

  test("not at all when the platform asks for more than the limit", async () => {
    const send = failing(answered(429, "121"));

    await expect(withRetries(policy, requestWith({}), send)).rejects.toMatchObject({ retryAfter: "121" });

    expect({ sent: send.mock.calls.length, pauses: pausesMs() }).toEqual({ sent: 1, pauses: [] });
  });

  test("no longer than until a cancel, which ends it with the newest error", async () => {
    const abort = new AbortController();
    const error = answered(429);
    const send = jest.fn(() => {
      abort.abort();
      return Promise.reject(error);
    });

    await expect(withRetries(policy, requestWith({ method: "POST", signal: abort.signal }), send)).rejects.toBe(error);

    expect(send).toHaveBeenCalledTimes(1);
  });
});

test("the default policy gives up within a minute when the platform asks for no pause", async () => {
  jest.spyOn(Math, "random").mockReturnValue(0.999);
  const errors = Array.from({ length: defaultRetryPolicy.retries }, () => answered(503));

  await withRetries(defaultRetryPolicy, requestWith({}), failing(...errors));

  expect(pausesMs().reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
  jest.restoreAllMocks();
});

test("only an answer of the platform can ask for a pause", () => {
  expect(retryAfterMs(new ConnectionError("no answer", true))).toBeUndefined();
  expect(retryAfterMs(undefined)).toBeUndefined();
});
