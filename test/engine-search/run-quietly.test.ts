/** Programs that are run without a line on the terminal. */
import { runQuietly } from "../../engine/run-quietly";
import { processesWith } from "../support/engine/stack-processes";

const options = { cwd: process.cwd(), environment: process.env };

test("tells how a program ended, and what it wrote", async () => {
  expect(await runQuietly("sh", ["-c", "echo one; echo two >&2"], options)).toEqual({
    succeeded: true,
    output: expect.stringMatching(/one\n[^]*two\n|two\n[^]*one\n/) as string,
  });
  expect(await runQuietly("sh", ["-c", "exit 3"], options)).toMatchObject({ succeeded: false });
});

test("a program that isn't there has failed", async () => {
  expect(await runQuietly("no-such-program-here", [], options)).toMatchObject({
    succeeded: false,
    output: expect.stringContaining("ENOENT") as string,
  });
});

test("at the time limit it ends, and what it started ends too", async () => {
  const mark = `RUN_QUIETLY_TEST=${process.pid}`;
  const environment = { ...process.env, RUN_QUIETLY_TEST: String(process.pid) };
  const run = runQuietly("sh", ["-c", "sleep 600 & wait"], { ...options, environment, timeoutMs: 1000 });
  expect((await run).succeeded).toBe(false);
  expect(processesWith(mark)).toEqual([]);
});
