import { createServer } from "node:http";
import { createPace } from "../../provider/http/pace";
import { client, closeAll, failure, get, listening } from "../support/http-client";

afterEach(closeAll);

const never = new AbortController().signal;

/** Times at which turns came, by the mocked clock. */
async function turnsOf(
  requestsPerSecond: number,
  count: number,
  during?: (turn: number, hold: (ms: number) => void) => void,
) {
  const pace = createPace(requestsPerSecond);
  const startMs = performance.now();
  const turns: number[] = [];
  const all = Array.from({ length: count }, async (_, index) => {
    await pace.turn(never);
    turns.push(Math.round(performance.now() - startMs));
    during?.(index, (ms) => pace.hold(ms));
  });
  await jest.runAllTimersAsync();
  await Promise.all(all);
  return turns;
}

describe("turns", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test("come at once for the first, and evenly for the others", async () => {
    expect(await turnsOf(10, 4)).toEqual([0, 100, 200, 300]);
  });

  test("may come less often than once in a second", async () => {
    expect(await turnsOf(0.5, 3)).toEqual([0, 2_000, 4_000]);
  });

  test("come after a hold, and evenly again", async () => {
    const turns = await turnsOf(10, 4, (turn, hold) => turn === 1 && hold(1_000));

    expect(turns).toEqual([0, 100, 1_100, 1_200]);
  });

  test("come first to those who came first", async () => {
    const pace = createPace(10);
    const order: string[] = [];
    const all = ["a", "b", "c"].map(async (name) => {
      await pace.turn(never);
      order.push(name);
    });
    await jest.runAllTimersAsync();
    await Promise.all(all);

    expect(order).toEqual(["a", "b", "c"]);
  });

  test("end with a cancel, and cost the others nothing", async () => {
    const pace = createPace(10);
    const abort = new AbortController();
    const startMs = performance.now();
    await pace.turn(never);
    const cancelled = pace.turn(abort.signal);
    const next = pace.turn(never);
    abort.abort();
    await cancelled;
    await pace.turn(AbortSignal.abort());
    expect(performance.now() - startMs).toBe(0);
    await jest.runAllTimersAsync();
    await next;

    expect(performance.now() - startMs).toBe(100);
    const last = new AbortController();
    const alone = pace.turn(last.signal);
    last.abort();
    await alone;
    expect(jest.getTimerCount()).toBe(0);
  });
});

test("a client never sends faster than it may, retries included", async () => {
  const requestsPerSecond = 100;
  const arrivedMs: number[] = [];
  const server = createServer((_request, response) => {
    arrivedMs.push(performance.now());
    response.statusCode = arrivedMs.length % 3 === 0 ? 503 : 200;
    response.end("{}");
  });
  const paced = client(`http://127.0.0.1:${await listening(server)}`, {
    requestsPerSecond,
    retry: { retries: 3, throttledRetries: 3, firstWaitMs: 1, longestWaitMs: 2, longestRetryAfterMs: 1_000 },
  });

  await Promise.all(Array.from({ length: 40 }, () => paced.request(get())));

  expect(arrivedMs.length).toBeGreaterThan(40);
  // Over all of it, since requests may meet on their way; a slow machine only makes it slower.
  const lastedMs = (arrivedMs.at(-1) ?? 0) - (arrivedMs[0] ?? 0);
  expect(lastedMs).toBeGreaterThanOrEqual((arrivedMs.length - 1) * (1000 / requestsPerSecond) - 50);
});

test("one 429 holds back all requests of the account for as long as it asks", async () => {
  const arrivedMs: number[] = [];
  const server = createServer((_request, response) => {
    arrivedMs.push(performance.now());
    if (arrivedMs.length === 1) response.writeHead(429, { "retry-after": "1" });
    response.end("{}");
  });
  const paced = client(`http://127.0.0.1:${await listening(server)}`);

  await failure(paced.request(get()));
  await paced.request(get());

  expect((arrivedMs[1] ?? 0) - (arrivedMs[0] ?? 0)).toBeGreaterThanOrEqual(950);
});
