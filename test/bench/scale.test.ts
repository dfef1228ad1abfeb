import { type Exchange, together, trafficOf } from "../../bench/scale/figures";

const exchange = (line: string, arrivedMs: number, bytes: number): Exchange => {
  const [method = "", path = ""] = line.split(" ");
  return { method, path, arrivedMs, bytes };
};

test("counts requests and bytes by route", () => {
  const { routes, requests, bytes } = trafficOf([
    exchange("GET /deploy/list", 0, 5_000),
    exchange("POST /deploy/llm", 10, 100),
    exchange("GET /deploy/abc", 20, 600),
    exchange("GET /deploy/def", 30, 700),
    exchange("DELETE /deploy/abc", 40, 50),
  ]);

  expect(routes).toEqual({
    "GET /deploy/list": { requests: 1, bytes: 5_000, largestBytes: 5_000 },
    "POST /deploy/llm": { requests: 1, bytes: 100, largestBytes: 100 },
    "GET /deploy/{id}": { requests: 2, bytes: 1_300, largestBytes: 700 },
    "DELETE /deploy/{id}": { requests: 1, bytes: 50, largestBytes: 50 },
  });
  expect([requests, bytes]).toEqual([5, 6_450]);
});

test("finds the fullest second, wherever it begins, in whatever order the answers were", () => {
  const times = [0, 900, 1_100, 1_899, 1_900, 5_000];
  const { mostInOneSecond, mostInTenSeconds } = trafficOf(
    times.reverse().map((atMs) => exchange("GET /deploy/x", atMs, 1)),
  );

  expect(mostInOneSecond).toBe(3);
  expect(mostInTenSeconds).toBe(0.6);
});

test("adds up accounts, and keeps the rate of the busiest", () => {
  const quiet = trafficOf([exchange("GET /deploy/list", 0, 10)]);
  const busy = trafficOf([exchange("GET /deploy/list", 0, 30), exchange("GET /deploy/a", 1, 1)]);

  expect(together([quiet, busy])).toEqual({
    routes: {
      "GET /deploy/list": { requests: 2, bytes: 40, largestBytes: 30 },
      "GET /deploy/{id}": { requests: 1, bytes: 1, largestBytes: 1 },
    },
    requests: 3,
    bytes: 41,
    mostInOneSecond: 2,
    mostInTenSeconds: 0.2,
  });
});
