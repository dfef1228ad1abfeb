import fc from "fast-check";
import type { Phase, Snapshot } from "../../provider/platform";
import { wait, type WaitRequest, type WaitResult } from "../../provider/wait/wait";
import { createFakeClock, type FakeClock } from "../support/fake-clock";
import { errorFrom, type RecordedSequence, type RecordedState, recordedSequences, stateAt } from "./recorded-sequence";

const failedWhileStarting: Phase[] = ["failed", "degraded", "stopped", "gone", "unknown"];
const poll = { shortestMs: 2_000, longestMs: 15_000 };

interface Played {
  result: WaitResult<unknown>;
  reports: { line: string; atMs: number }[];
  observedAtMs: number[];
}

async function play(sequence: Omit<RecordedSequence, "behaviour" | "expected">): Promise<Played> {
  const clock = createFakeClock();
  const abort = new AbortController();
  const observedAtMs: number[] = [];
  const reports: Played["reports"] = [];
  if (sequence.cancelAtSeconds !== undefined) clock.at(sequence.cancelAtSeconds * 1000, () => abort.abort());
  const result = await wait({
    observe: () => {
      observedAtMs.push(clock.now());
      return Promise.resolve().then(() => stateAt(sequence.seen, clock.now()));
    },
    done: sequence.done ?? ["ready"],
    failed: sequence.failed ?? failedWhileStarting,
    poll,
    deadlineMs: (sequence.deadlineSeconds ?? 2_700) * 1000,
    signal: abort.signal,
    report: (line) => reports.push({ line, atMs: clock.now() }),
    clock,
  });
  return { result, reports, observedAtMs };
}

describe("recorded sequences", () => {
  // In the middle of the jitter, so that the moments of the looks are known.
  beforeEach(() => jest.spyOn(Math, "random").mockReturnValue(0.5));
  afterEach(() => jest.restoreAllMocks());

  const named = recordedSequences().map(([file, sequence]) => ({ name: `${file}: ${sequence.behaviour}`, sequence }));

  test.each(named)("$name", async ({ sequence }) => {
    const { result, reports, observedAtMs } = await play(sequence);

    const { end, history, phase, lookCount, observedAtSeconds } = sequence.expected;
    expect({ end: result.end, history: result.history }).toEqual({ end, history });
    if (sequence.expected.reports) expect(reports.map(({ line }) => line)).toEqual(sequence.expected.reports);
    if (phase) expect(result.snapshot?.phase).toBe(phase);
    if (lookCount) expect(observedAtMs).toHaveLength(lookCount);
    if (observedAtSeconds) expect(observedAtMs.map((ms) => Math.round(ms / 1000))).toEqual(observedAtSeconds);
    expect(silencesOf(reports, result.elapsedMs).filter((ms) => ms > 120_000)).toEqual([]);
  });
});

/** The gaps between two lines, and from the last one to the end. */
function silencesOf(reports: Played["reports"], endMs: number): number[] {
  const moments = [0, ...reports.map(({ atMs }) => atMs), endMs];
  return moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
}

function requestOn(clock: FakeClock, more: Partial<WaitRequest<unknown>>): WaitRequest<unknown> {
  return {
    observe: () => Promise.resolve(pending("deploying")),
    done: ["ready"],
    failed: failedWhileStarting,
    poll,
    deadlineMs: 600_000,
    signal: new AbortController().signal,
    report: () => undefined,
    clock,
    ...more,
  };
}

function pending(platformStatus: string, more: Partial<Snapshot> = {}): Snapshot {
  return { phase: "pending", platformStatus, details: {}, ...more };
}

describe("what a wait shows", () => {
  test("goes on telling that it waits while a single look takes long", async () => {
    const clock = createFakeClock();
    const lines: string[] = [];
    const observe = (): Promise<Snapshot> => {
      clock.advance(200_000);
      return Promise.resolve({ phase: "ready", platformStatus: "running", details: {} });
    };

    await wait(requestOn(clock, { observe, report: (line) => lines.push(line) }));

    expect(lines).toEqual([
      "waiting for the first answer · 1m of 10m",
      "waiting for the first answer · 2m of 10m",
      "waiting for the first answer · 3m of 10m",
      "running · 3m20s of 10m",
    ]);
  });

  test("takes errors that differ in their ids alone for one state", async () => {
    const clock = createFakeClock();
    const lines: string[] = [];
    let looks = 0;
    const observe = (): Promise<Snapshot> => {
      const error = errorFrom({ status: 503 });
      error.message = `busy (errorInstanceId ${++looks})`;
      return looks > 5
        ? Promise.resolve({ phase: "ready", platformStatus: "ready", details: {} })
        : Promise.reject(error);
    };

    await wait(requestOn(clock, { observe, report: (line) => lines.push(line) }));

    expect(lines.map((line) => line.replace(/ · [^·]*$/, ""))).toEqual([
      "error 503 · busy (errorInstanceId 1)",
      "ready",
    ]);
  });

  test("stops telling when it has ended", async () => {
    const clock = createFakeClock();
    const lines: string[] = [];
    const observe = (): Promise<Snapshot> => Promise.reject(errorFrom({ status: 401 }));
    await wait(requestOn(clock, { observe, report: (line) => lines.push(line) }));
    const linesAtTheEnd = lines.length;

    clock.advance(600_000);

    expect(lines).toHaveLength(linesAtTheEnd);
  });
});

describe("cancelling", () => {
  test("looks no more when it is cancelled before it began", async () => {
    const observe = jest.fn<Promise<Snapshot>, []>();

    const { end } = await wait(requestOn(createFakeClock(), { observe, signal: AbortSignal.abort() }));

    expect(end).toBe("cancelled");
    expect(observe).not.toHaveBeenCalled();
  });

  test("hands the signal to a look under way, and ends when that ends", async () => {
    const abort = new AbortController();
    const observe = (signal: AbortSignal): Promise<Snapshot> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("aborted")));
        queueMicrotask(() => abort.abort());
      });

    const { end, error } = await wait(requestOn(createFakeClock(), { observe, signal: abort.signal }));

    expect({ end, error }).toEqual({ end: "cancelled", error: undefined });
  });

  test("keeps what a look found in the moment of the cancel", async () => {
    const abort = new AbortController();
    const observe = (): Promise<Snapshot> => {
      abort.abort();
      return Promise.resolve({ phase: "ready", platformStatus: "running", details: {} });
    };

    const { end, snapshot } = await wait(requestOn(createFakeClock(), { observe, signal: abort.signal }));

    expect({ end, phase: snapshot?.phase }).toEqual({ end: "done", phase: "ready" });
  });

  test("ends within the sleep, not after it", async () => {
    const clock = createFakeClock();
    const abort = new AbortController();
    clock.at(300_001, () => abort.abort());

    const { end, elapsedMs } = await wait(requestOn(clock, { signal: abort.signal }));

    expect({ end, elapsedMs }).toEqual({ end: "cancelled", elapsedMs: 300_001 });
  });
});

describe("any sequence", () => {
  const phases: Phase[] = ["pending", "ready", "degraded", "stopped", "failed", "gone", "unknown"];
  const error = fc.oneof(
    fc.constantFrom("connection" as const, "unreadable" as const),
    fc.record({
      status: fc.constantFrom(400, 401, 404, 408, 429, 500, 503),
      retryAfter: fc.constantFrom("0", "7", "90", "-1", "99999999999", "Wed, 21 Oct 2015 07:28:00 GMT", "soon"),
    }),
  );
  const state: fc.Arbitrary<RecordedState> = fc.oneof(
    fc.record({
      fromSeconds: fc.nat(2_000),
      phase: fc.constantFrom(...phases),
      status: fc.constantFrom("", "a", "b", "c"),
      confirmSeconds: fc.constantFrom(0, 30, 600),
    }),
    fc.record({ fromSeconds: fc.nat(2_000), error }),
  );
  const sequence = fc.record({
    deadlineSeconds: fc.integer({ min: 1, max: 1_500 }),
    done: fc.subarray(phases),
    failed: fc.subarray(phases),
    seen: fc
      .array(state, { maxLength: 12 })
      .map((states) => [
        { fromSeconds: 0, phase: "pending" as const },
        ...states.sort((a, b) => a.fromSeconds - b.fromSeconds),
      ]),
  });

  test("ends by the deadline, tells at least every two minutes, and never asks faster than the poll allows", async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (recorded) => {
        const { result, reports, observedAtMs } = await play(recorded);

        expect(result.elapsedMs).toBeLessThanOrEqual(recorded.deadlineSeconds * 1000);
        expect(silencesOf(reports, result.elapsedMs).filter((ms) => ms > 120_000)).toEqual([]);
        const pauses = observedAtMs.slice(1).map((moment, index) => moment - (observedAtMs[index] ?? 0));
        const beforeTheLastLook = pauses.slice(0, -1);
        expect(beforeTheLastLook.filter((ms) => ms < poll.shortestMs * 0.9)).toEqual([]);
        expect(beforeTheLastLook.length).toBeLessThan(10 + recorded.deadlineSeconds);
      }),
      { numRuns: 200 },
    );
  });

  test("ends as what it found: done only in a phase that is done, failed only in one that is not", async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (recorded) => {
        const { result } = await play(recorded);

        const phase = result.snapshot?.phase;
        if (result.end === "done") expect(recorded.done).toContain(phase);
        if (result.end === "failed") expect(recorded.failed).toContain(phase);
        if (result.end === "broken") expect(result.error).toBeInstanceOf(Error);
      }),
      { numRuns: 200 },
    );
  });
});
