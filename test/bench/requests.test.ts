import { type AnsweredRequest, countByRoute, waitFigures } from "../../bench/requests";

const request = (method: string, path: string, arrivedMs = 0, answeredMs = arrivedMs + 1): AnsweredRequest => ({
  method,
  path,
  arrivedMs,
  answeredMs,
});

describe("countByRoute", () => {
  it("joins the deployments of a route, and keeps fixed paths apart", () => {
    const requests = [
      request("GET", "/deploy/list"),
      request("POST", "/deploy/llm"),
      request("GET", "/deploy/one"),
      request("GET", "/deploy/two"),
      request("DELETE", "/deploy/one"),
    ];

    expect(countByRoute(requests)).toEqual({
      "GET /deploy/list": 1,
      "POST /deploy/llm": 1,
      "GET /deploy/{id}": 2,
      "DELETE /deploy/{id}": 1,
    });
  });
});

describe("waitFigures", () => {
  const deployments = [
    { id: "one", createdAtMs: 1_000 },
    { id: "two", createdAtMs: 3_500 },
  ];

  it("takes the first look at a deployment that came when it was ready", () => {
    const requests = [
      request("GET", "/deploy/one", 3_999),
      request("GET", "/deploy/list", 4_001),
      request("GET", "/deploy/one", 4_200, 4_250),
      request("GET", "/deploy/one", 9_000),
      request("GET", "/deploy/two", 6_500, 6_510),
    ];

    const { reactionSeconds } = waitFigures(requests, deployments, 3_000, 10_000);

    expect(reactionSeconds).toEqual([0.25, 0.01]);
  });

  it("takes a list where nobody looks at the single deployment", () => {
    const requests = [request("GET", "/deploy/list", 6_600), request("GET", "/deploy/list", 6_000)];

    const { reactionSeconds } = waitFigures(requests, deployments, 3_000, 10_000);

    expect(reactionSeconds).toEqual([2.601, 0.101]);
  });

  it("takes a list after looks at the single deployment that came too early", () => {
    const requests = [request("GET", "/deploy/one", 1_100), request("GET", "/deploy/list", 4_100)];

    expect(waitFigures(requests, deployments.slice(0, 1), 3_000, 10_000).reactionSeconds).toEqual([0.101]);
  });

  it("takes a slow answer to a look that came too early where there is no other", () => {
    const requests = [request("GET", "/deploy/one", 3_900, 4_050)];

    expect(waitFigures(requests, deployments.slice(0, 1), 3_000, 10_000).reactionSeconds).toEqual([0.05]);
  });

  it("tells the end after the last readiness, and how many stood unready at one moment", () => {
    const tight = waitFigures([], deployments, 2_500, 10_000);
    const overlapping = waitFigures([], deployments, 2_501, 10_000);

    expect(tight).toMatchObject({ tailSeconds: 4, inFlight: 1 });
    expect(overlapping).toMatchObject({ tailSeconds: 3.999, inFlight: 2 });
  });
});
