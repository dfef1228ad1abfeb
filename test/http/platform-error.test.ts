import { ConnectionError, isNotFound, mayHaveBeenAccepted } from "../../provider/errors";
import type { HttpClientOptions } from "../../provider/http/client";
import { createRedactor } from "../../provider/redaction";
import { apiKey, client, closeAll, failure, get, post, retrying, scripted } from "../support/http-client";

afterEach(closeAll);

describe("errors of the platform", () => {
  test("become one sentence: who, what, the platform's text, its code and id, and what to do", async () => {
    const server = await scripted({ status: 400, body: { any: "thing" } });
    const describeError = (): ReturnType<HttpClientOptions["describeError"]> => ({
      text: "the branch does not exist",
      code: "BranchNotFound",
      instanceId: "0000-1111",
      advice: "check `branch`",
    });

    const error = await failure(client(server.url, { describeError }).request(post()));

    expect(error.message).toBe(
      "Acme: POST /things answered 400: the branch does not exist (BranchNotFound, errorInstanceId 0000-1111); check `branch`",
    );
    expect(error).toMatchObject({ status: 400, code: "BranchNotFound", kind: "refused" });
  });

  test("are described by status, body, method and path", async () => {
    const server = await scripted({ status: 404, body: { error: "no such thing" } });
    const describeError = jest.fn(() => ({ text: "" }));

    const error = await failure(client(server.url, { describeError }).request(get()));

    expect(describeError).toHaveBeenCalledWith(404, '{"error":"no such thing"}', "GET", "/things");
    expect(error.message).toBe("Acme: GET /things answered 404");
  });

  test.each([
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "not-found"],
    [408, "transient"],
    [409, "refused"],
    [422, "refused"],
    [429, "transient"],
    [500, "transient"],
    [503, "transient"],
  ] as const)("%d is %s", async (status, kind) => {
    const server = await scripted({ status });

    await expect(client(server.url).request(get())).rejects.toMatchObject({ status, kind });
  });

  test("may be of another kind than their status says", async () => {
    const server = await scripted({ status: 400 });
    const describeError = (): ReturnType<HttpClientOptions["describeError"]> => ({ text: "", kind: "not-found" });

    expect(isNotFound(await failure(client(server.url, { describeError }).request(get())))).toBe(true);
  });

  test("401 says where the key came from, and how a new one gets used", async () => {
    const server = await scripted({ status: 401 });

    const { message } = await failure(client(server.url).request(get()));

    expect(message).toContain("the environment variable ACME_API_KEY");
    expect(message).toContain("pulumi destroy --run-program");
  });

  test("carry how long the platform asks to wait", async () => {
    const server = await scripted({ status: 429, headers: { "retry-after": "600" } });

    const error = await failure(client(server.url, retrying).request(get()));

    expect(error).toMatchObject({ status: 429, retryAfter: "600" });
    expect(server.received).toHaveLength(1);
  });

  test("that pass are retried, with the same request", async () => {
    const server = await scripted({ status: 503 }, { status: 429 }, { body: { done: true } });

    await client(server.url, retrying).request(get({ method: "PUT", body: { min: 1 } }));

    expect(server.received.map(({ method, body }) => ({ method, body }))).toEqual(
      Array.from({ length: 3 }, () => ({ method: "PUT", body: { min: 1 } })),
    );
  });

  test("leave a POST at one", async () => {
    const server = await scripted({ status: 503 });

    const error = await failure(client(server.url, retrying).request(post({ body: {} })));

    expect(server.received).toHaveLength(1);
    expect(mayHaveBeenAccepted(error)).toBe(true);
  });
});

describe("no secret is shown", () => {
  const echo = { status: 400, body: { message: `key ${apiKey} is not allowed, nor ${encodeURIComponent("a/b c")}` } };

  test("that the platform echoes in an error", async () => {
    const server = await scripted(echo);
    const redactor = createRedactor([apiKey, "a/b c"]);

    const { message } = await failure(client(server.url, { redactor }).request(get()));

    expect(message).toContain("key [secret] is not allowed, nor [secret]");
  });

  test("half of which is left where a platform's text is cut", async () => {
    const server = await scripted(echo);
    const describeError = (_status: number, body: string): { text: string } => ({ text: body.slice(0, 26) });

    const { message } = await failure(client(server.url, { describeError }).request(get()));

    expect(message).not.toContain(apiKey.slice(0, 6));
  });

  test("in the code, the id, the advice, or the path", async () => {
    const server = await scripted({ status: 400 });
    const describeError = (): ReturnType<HttpClientOptions["describeError"]> => ({
      text: "",
      code: `code-${apiKey}`,
      instanceId: `id-${apiKey}`,
      advice: `do not send ${apiKey}`,
    });

    const { message } = await failure(
      client(server.url, { describeError }).request(get({ path: `/things/${apiKey}` })),
    );

    expect(message).not.toContain(apiKey);
  });

  test("in an answer that cannot be read, wherever it is cut", async () => {
    const server = await scripted({ body: `${"x".repeat(195)}${apiKey}` });

    const error = await failure(client(server.url).request(get()));

    expect(error.message).not.toContain(apiKey.slice(0, 4));
    expect(JSON.stringify(error.cause ?? "")).not.toContain(apiKey);
  });

  test("in an error of a connection", async () => {
    const error = await failure(client("http://127.0.0.1:1").request(get({ path: `/things/${apiKey}` })));

    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).not.toContain(apiKey);
  });

  test("and a word that may be one is masked in the text, and does not spoil the platform's JSON", async () => {
    const server = await scripted({ status: 404, body: { error: { type: "missing", reason: "no such type" } } });
    const redactor = createRedactor([apiKey]);
    redactor.addPossible("type");
    const describeError = (_status: number, body: string): { text: string; code: string } => {
      const { error } = JSON.parse(body) as { error: { type: string; reason: string } };
      return { text: error.reason, code: error.type };
    };

    const error = await failure(client(server.url, { redactor, describeError }).request(get()));

    expect(error).toMatchObject({ code: "missing", text: "no such [secret]" });
  });
});
