/** The lock that keeps two processes from installing at once, and outlives no process. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lock, tryLock } from "../../engine/lock";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "deep", "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

function endedProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

test("one holds it until it is released", () => {
  const lock = tryLock(file) as Lock;
  expect(tryLock(file)).toEqual({ owner: process.pid });

  lock.release();
  expect(existsSync(file)).toBe(false);
  expect(tryLock(file)).toHaveProperty("release");
  expect(readdirSync(join(folder, "deep"))).toEqual(["lock"]);
});

test("the lock of a process that has ended, or of a day ago, is taken over", () => {
  (tryLock(file) as Lock).release();
  writeFileSync(file, String(endedProcess()));
  const taken = tryLock(file) as Lock;
  expect(taken).toHaveProperty("release");

  const yesterday = Date.now() / 1000 - 24 * 60 * 60;
  utimesSync(file, yesterday, yesterday);
  expect(tryLock(file)).toHaveProperty("release");
});

test("a lock that somebody else took meanwhile is not released", () => {
  const lock = tryLock(file) as Lock;
  writeFileSync(file, String(process.ppid));
  lock.release();
  expect(tryLock(file)).toEqual({ owner: process.ppid });
});
