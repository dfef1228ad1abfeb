import { mayHaveBeenAccepted, PlatformError } from "../../provider/errors";
import { client, closeAll, failure, get, post, scripted } from "../support/http-client";

afterEach(closeAll);

describe("credentials that can be refreshed", () => {
  const authorize = (): jest.Mock<Promise<Record<string, string>>, [boolean]> =>
    jest.fn((refresh: boolean) => Promise.resolve({ authorization: refresh ? "Bearer new" : "Bearer old" }));

  test("are refreshed once after 401, also for a POST, which was not carried out", async () => {
    const server = await scripted({ status: 401 }, { body: { id: "d1" } });

    const answer = await client(server.url, { canRefresh: true, authorize: authorize() }).request(post({ body: {} }));

    expect(answer).toEqual({ id: "d1" });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  test("are not refreshed twice", async () => {
    const server = await scripted({ status: 401 }, { status: 401 });

    const error = await failure(client(server.url, { canRefresh: true, authorize: authorize() }).request(get()));

    expect(error).toMatchObject({ status: 401 });
    expect(server.received).toHaveLength(2);
  });

  test("are not refreshed for 403", async () => {
    const server = await scripted({ status: 403 });
    const made = authorize();

    await failure(client(server.url, { canRefresh: true, authorize: made }).request(get()));

    expect(made.mock.calls).toEqual([[false]]);
  });

  test("do not loop when the request for a token is itself refused", async () => {
    const refused = new PlatformError("invalid_client", 401, "refused", undefined, "", undefined);
    const made = jest.fn((_refresh: boolean) => Promise.reject<Record<string, string>>(refused));

    const error = await failure(client("http://127.0.0.1:1", { canRefresh: true, authorize: made }).request(get()));

    expect(error).toBe(refused);
    expect(made).toHaveBeenCalledTimes(1);
  });

  test("that cannot be fetched leave no doubt whether a POST was sent", async () => {
    const outage = new PlatformError("Acme: POST /token answered 503", 503, "transient", undefined, "", undefined);
    const made = (): Promise<never> => Promise.reject(outage);

    const error = await failure(client("http://127.0.0.1:1", { authorize: made }).request(post()));

    expect(error.message).toBe(outage.message);
    expect(mayHaveBeenAccepted(error)).toBe(false);
  });

  test("that cannot be refreshed are used once", async () => {
    const server = await scripted({ status: 401 });

    await failure(client(server.url, { canRefresh: false }).request(get()));

    expect(server.received).toHaveLength(1);
  });
});
