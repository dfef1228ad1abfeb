import type { HttpClient, HttpRequest } from "../../../provider/http/request";
import { createAccountRows } from "../../../provider/platforms/deepinfra/account-rows";
import type { AccountRows } from "../../../provider/platforms/deepinfra/account-rows";

const { signal } = new AbortController();
let asked: number;
let nowMs: number;
let answer: () => Promise<unknown>;
let accountRows: AccountRows;

const http = {
  async request({ read }: HttpRequest<unknown>) {
    asked += 1;
    return read(await answer());
  },
} as HttpClient;

beforeEach(() => {
  asked = 0;
  nowMs = 0;
  answer = () => Promise.resolve([]);
  accountRows = createAccountRows(http, true, () => nowMs);
});

it("asks once for creations that come together, and within a second", async () => {
  await Promise.all(["a", "b", "c"].map((name) => accountRows.lately(name, signal)));
  nowMs = 1_000;
  await accountRows.lately("d", signal);

  expect(asked).toBe(1);
});

it("asks again after a second", async () => {
  await accountRows.lately("a", signal);
  nowMs = 1_001;
  await accountRows.lately("b", signal);

  expect(asked).toBe(2);
});

it("asks again for a name that was asked for here since, as it may be there now", async () => {
  await accountRows.lately("a", signal);
  await accountRows.lately("b", signal);
  await accountRows.lately("b", signal);
  // The second look came after `a` was asked for, too.
  await accountRows.lately("a", signal);

  expect(asked).toBe(2);
});

it("asks by itself when the call ended that asked for all", async () => {
  answer = () => Promise.reject(new Error("cancelled"));
  const first = accountRows.lately("a", signal);
  answer = () => Promise.resolve([]);
  const second = accountRows.lately("b", signal);

  await expect(first).rejects.toThrow("cancelled");
  expect(await second).toEqual({ rows: [], areShared: false });
  expect(asked).toBe(2);
});

it("asks for each where nothing is shared", async () => {
  accountRows = createAccountRows(http, false, () => nowMs);
  await Promise.all(["a", "b"].map((name) => accountRows.lately(name, signal)));

  expect(asked).toBe(2);
});
