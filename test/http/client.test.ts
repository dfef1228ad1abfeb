import { createServer as createHttpServer, type RequestListener } from "node:http";
import { CancelledError, mayHaveBeenAccepted, ProviderError, UnreadableAnswerError } from "../../provider/errors";
import { apiKey, client, closeAll, failure, get, listening, post, retrying, scripted } from "../support/http-client";

afterEach(closeAll);

describe("requests", () => {
  test("carry method, path, query, credentials and the name of the client", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(
      get({ path: "/things/a%2Fb", query: { preview: "true", page: undefined, q: "a b&c" } }),
    );

    const [request] = server.received;
    expect({ method: request?.method, url: request?.url }).toEqual({
      method: "GET",
      url: "/things/a%2Fb?preview=true&q=a+b%26c",
    });
    expect(request?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${apiKey}`,
      "user-agent": "pulumi-inference/test",
    });
  });

  test("send JSON, without members that are undefined", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(post({ body: { name: "ä", size: 0, gpu: undefined, list: [] } }));

    expect(server.received[0]?.headers["content-type"]).toBe("application/json");
    expect(server.received[0]?.body).toEqual({ name: "ä", size: 0, list: [] });
  });

  test("send a form where one is asked for", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(post({ form: { grant_type: "client_credentials", client_secret: "a b&c=d" } }));

    expect(server.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(server.received[0]?.body).toBe("grant_type=client_credentials&client_secret=a+b%26c%3Dd");
  });

  test.each(["GET", "POST", "PUT", "DELETE"] as const)("%s without a body says nothing of its type", async (method) => {
    const server = await scripted({ body: {} });

    await client(server.url).request(get({ method }));

    expect(server.received[0]?.headers).not.toHaveProperty("content-type");
    expect(server.received[0]?.body).toBeUndefined();
  });

  test("keep the path of the platform's address", async () => {
    const server = await scripted({ body: {} });

    await client(`${server.url}/gateway`).request(get());

    expect(server.received[0]?.url).toBe("/gateway/things");
  });

  test("may bring headers of their own, which win", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(get({ headers: { accept: "text/plain", "x-tenant": "t1" } }));

    expect(server.received[0]?.headers).toMatchObject({ accept: "text/plain", "x-tenant": "t1" });
  });

  test("that fetch a token carry no credentials", async () => {
    const server = await scripted({ body: {} });

    await client(server.url).request(post({ authenticate: false, form: { a: "b" } }));

    expect(server.received[0]?.headers).not.toHaveProperty("authorization");
  });

  test("that follow each other share connections", async () => {
    let connections = 0;
    const server = createHttpServer((_request, response) => response.end("{}"));
    server.on("connection", () => (connections += 1));
    const made = client(`http://127.0.0.1:${await listening(server)}`);

    for (let count = 0; count < 5; count++) await made.request(get());

    expect(connections).toBeLessThan(3);
  });
});

describe("answers", () => {
  test("are read as JSON", async () => {
    const server = await scripted({ body: { status: "running", count: 2 } });

    await expect(client(server.url).request(get())).resolves.toEqual({ status: "running", count: 2 });
  });

  test.each([[{ status: 204 }], [{ status: 200 }], [{ status: 202, body: " \n" }]])(
    "without a body (%j) are read as undefined",
    async (answer) => {
      const server = await scripted(answer);
      const read = jest.fn(() => "read");

      await expect(client(server.url).request(get({ read }))).resolves.toBe("read");

      expect(read).toHaveBeenCalledWith(undefined);
    },
  );

  test("that are no JSON are unreadable, and shown in one short line", async () => {
    const server = await scripted({ body: `<html>\n  ${"x".repeat(10_000)}</html>` });

    const error = await failure(client(server.url).request(get()));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toMatch(
      /^Acme: GET \/things answered 200 with a body that cannot be read: it is not JSON in "<html> x+"$/,
    );
    expect(error.message.length).toBeLessThan(400);
  });

  test("that the caller cannot read are unreadable, and say why", async () => {
    const server = await scripted({ body: { id: 7 } });
    const read = (): never => {
      throw new Error("there is no deploy_id");
    };

    const error = await failure(client(server.url).request(post({ read })));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toContain("there is no deploy_id");
    expect(mayHaveBeenAccepted(error)).toBe(true);
  });

  test("that are unreadable are not asked for again", async () => {
    const server = await scripted({ body: "OK" });

    await failure(client(server.url, retrying).request(get()));

    expect(server.received).toHaveLength(1);
  });

  test("that are longer than any answer of a platform are not read into memory, nor asked for again", async () => {
    const listener: RequestListener = (_request, response) => {
      received += 1;
      response.end(Buffer.alloc(17 * 1024 * 1024, "x"));
    };
    let received = 0;
    const port = await listening(createHttpServer(listener));

    const error = await failure(client(`http://127.0.0.1:${port}`, retrying).request(get()));

    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toBe("Acme: GET /things answered with more than 16 MiB");
    expect(received).toBe(1);
  });

  test("that redirect are not followed, since the credentials are for this host alone", async () => {
    const elsewhere = await scripted({ body: {} });
    const server = await scripted({ status: 302, headers: { location: `${elsewhere.url}/things` } });

    const error = await failure(client(server.url, retrying).request(get()));

    expect(error).toMatchObject({ status: 302, kind: "refused" });
    expect(elsewhere.received).toEqual([]);
  });
});

describe("a cancel", () => {
  test("before the request leaves nothing sent", async () => {
    const server = await scripted({ body: {} });

    const error = await failure(client(server.url).request(post({ signal: AbortSignal.abort() })));

    expect(error).toBeInstanceOf(CancelledError);
    expect(server.received).toEqual([]);
  });

  test("before a request had its turn leaves it unsent", async () => {
    const server = await scripted({ body: {} }, { body: {} });
    const abort = new AbortController();
    const paced = client(server.url, { requestsPerSecond: 0.01 });
    await paced.request(get());
    const waiting = failure(paced.request(post({ signal: abort.signal, outlivesCancel: true })));
    abort.abort();

    expect(await waiting).toMatchObject({ name: "CancelledError", sent: false });
    expect(server.received).toHaveLength(1);
  });

  test("leaves a moment to an answer that names something that costs money", async () => {
    const abort = new AbortController();
    const port = await listening(
      createHttpServer((_request, response) => {
        abort.abort();
        response.end('{"id":"d1"}');
      }),
    );
    const request = post({ signal: abort.signal, outlivesCancel: true });

    await expect(client(`http://127.0.0.1:${port}`).request(request)).resolves.toEqual({ id: "d1" });
  });

  test("ends a request that is under way", async () => {
    const abort = new AbortController();
    const port = await listening(createHttpServer(() => abort.abort()));

    const error = await failure(client(`http://127.0.0.1:${port}`, retrying).request(get({ signal: abort.signal })));

    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toBeInstanceOf(ProviderError);
  });
});
